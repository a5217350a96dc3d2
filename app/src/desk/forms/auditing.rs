//! What an auditor orders, counts and looks for.

forms! {
    /// An export to make.
    ExportForm {
        /// Its number.
        export: String,
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
    }
    /// An export that was ordered, to be cancelled.
    CancelForm {
        /// Its order.
        order: String,
    }
    /// A sample to draw.
    DrawForm {
        /// The seed, as typed; empty for one that is drawn.
        seed: String,
        /// How many people, as typed.
        many: String,
    }
    /// A person to read about.
    TrailForm {
        /// Her id, as typed.
        person: String,
        /// The case it is read for, as typed; empty for none.
        case: String,
    }
    /// A period to count.
    FiguresForm {
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
    }
    /// Rows of the trail to look for.
    SearchForm {
        /// The first day, as typed.
        from: String,
        /// The last day, as typed.
        to: String,
        /// The word of a part of the house; empty for all.
        group: String,
        /// Words of kinds of events, as typed; empty for all.
        kinds: String,
        /// The word of an outcome; empty for all.
        outcome: String,
        /// The reference of a request, or its id, as typed; empty for all.
        reference: String,
        /// A place of the trail, as typed; empty for none.
        place: String,
        /// `accepts` when only accepts of terms are looked for.
        only: String,
    }
    /// A row of the trail to open.
    RowForm {
        /// Its id.
        row: String,
        /// The search it was found by.
        flow: String,
    }
}

of_a_flow!(RowForm);
