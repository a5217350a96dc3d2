//! Rows that were joined with a person.

/// Declares a row that was joined with a person, who may be missing: her columns, and those it has besides. A checked query
/// fills a flat struct, so they cannot lie in one of their own.
macro_rules! beside_a_person {
    ($(#[$about:meta])* $row:ident { $($column:ident: $kind:ty,)* }) => {
        $(#[$about])*
        pub(crate) struct $row {
            pub(crate) person: Option<sqlx::types::Uuid>,
            pub(crate) user_name: Option<String>,
            pub(crate) given_name: Option<String>,
            pub(crate) family_name: Option<String>,
            pub(crate) work_mail: Option<String>,
            pub(crate) private_mail: Option<String>,
            pub(crate) mobile: Option<String>,
            pub(crate) epoch: Option<i64>,
            $(pub(crate) $column: $kind,)*
        }

        impl $row {
            /// Who she is; none where the row has nobody. Her columns are taken out of it.
            fn whose(
                &mut self,
            ) -> Result<Option<domain::person::Person>, usecases::ports::store::StoreFault> {
                let Some(id) = self.person else { return Ok(None) };
                let row = super::people::PersonRow {
                    id,
                    user_name: super::values::there(self.user_name.take())?,
                    given_name: super::values::there(self.given_name.take())?,
                    family_name: super::values::there(self.family_name.take())?,
                    work_mail: self.work_mail.take(),
                    private_mail: self.private_mail.take(),
                    mobile: self.mobile.take(),
                    epoch: super::values::there(self.epoch)?,
                };
                row.try_into().map(Some)
            }
        }
    };
}
pub(crate) use beside_a_person;
