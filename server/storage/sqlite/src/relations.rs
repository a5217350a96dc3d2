//! What binds people to an organisation and to their word: relations, accepts, proofs and roles.

use crate::shared::{AcceptanceRow, AssociationRow, ProofingRow, RoleRow, all, count, fault, one};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::association::{Association, Cvr};
use domain::ids::{AssociationId, ImportId, PersonId, RoleId};
use domain::proofing::IdentityProofing;
use domain::role::Role;
use domain::terms::{TermsAcceptance, TermsHash, TermsVersion};
use domain::{Date, Timestamp};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Relations, StoreFault};

macro_rules! associations {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            AssociationRow,
            r#"select id as "id: Uuid", person as "person: Uuid", cvr, employee_number, unit, starts_on, ends_on,
               activated_at, closed_at from associations "# + $tail
            $(, $value)*
        )
    };
}

macro_rules! roles {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            RoleRow,
            r#"select id as "id: Uuid", person as "person: Uuid", kind, proposed_at, state as "state: _"
               from roles "# + $tail
            $(, $value)*
        )
    };
}

#[async_trait]
impl Relations for SqliteTx {
    async fn associations_of(&mut self, id: PersonId) -> Result<Vec<Association>, StoreFault> {
        let id = Uuid::from(id);
        let rows = associations!("where person = $1 order by starts_on, id", id);
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    /// The open one before closed ones, of these the newest.
    async fn association_by_number(
        &mut self,
        cvr: &Cvr,
        employee_number: &str,
    ) -> Result<Option<Association>, StoreFault> {
        let cvr = cvr.to_string();
        let row = associations!(
            "where cvr = $1 and employee_number = $2 order by closed_at is not null, closed_at desc limit 1",
            cvr,
            employee_number
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Association::try_from).transpose()
    }

    async fn put_association(&mut self, association: &Association) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(association.id), Uuid::from(association.person));
        let (cvr, starts_on) = (association.cvr.to_string(), association.starts_on.to_string());
        let (number, unit) = (association.employee_number.as_str(), association.unit.as_str());
        let ends_on = association.ends_on.map(|day| day.to_string());
        let activated_at = association.activated_at.map(Timestamp::as_microsecond);
        let closed_at = association.closed_at.map(Timestamp::as_microsecond);
        // Whose it is never changes, and a closed one stays closed.
        later!(
            self,
            "insert into associations (id, person, cvr, employee_number, unit, starts_on, ends_on, activated_at,
                closed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (id) do update set cvr = excluded.cvr, employee_number = excluded.employee_number,
                unit = excluded.unit, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
                activated_at = excluded.activated_at, closed_at = excluded.closed_at
             where associations.person = excluded.person
                and (associations.closed_at is null or associations.closed_at = excluded.closed_at)",
            id,
            person,
            cvr,
            number,
            unit,
            starts_on,
            ends_on,
            activated_at,
            closed_at;
            or "a relation that is closed or another's"
        )
    }

    async fn open_associations(&mut self) -> Result<u64, StoreFault> {
        let open = sqlx::query_scalar!("select count(*) from associations where closed_at is null");
        count(open.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn associations_over(&mut self, today: Date, limit: u32) -> Result<Vec<AssociationId>, StoreFault> {
        let (today, limit) = (today.to_string(), i64::from(limit));
        let ids = sqlx::query_scalar!(
            r#"select id as "id: Uuid" from associations where closed_at is null and ends_on < $1
               order by ends_on, id limit $2"#,
            today,
            limit
        );
        let ids = ids.fetch_all(self.db()).await.map_err(fault)?;
        Ok(ids.into_iter().map(Into::into).collect())
    }

    async fn association(&mut self, id: AssociationId) -> Result<Option<Association>, StoreFault> {
        let id = Uuid::from(id);
        let row = associations!("where id = $1", id).fetch_optional(self.db()).await.map_err(fault)?;
        row.map(Association::try_from).transpose()
    }

    async fn keep_terms(&mut self, terms: &TermsVersion) -> Result<(), StoreFault> {
        let (hash, date, pages) =
            (terms.hash.bytes().as_slice(), terms.date.to_string(), i64::from(terms.pages));
        later!(
            self,
            "insert into terms (hash, version, date, pages) values ($1, $2, $3, $4) on conflict do nothing",
            hash,
            terms.version,
            date,
            pages
        )
    }

    async fn add_acceptance(&mut self, acceptance: &TermsAcceptance) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(acceptance.id), Uuid::from(acceptance.person));
        let accepted = &acceptance.accepted;
        let (terms, at, accepted) =
            (accepted.terms.bytes().as_slice(), accepted.at.as_microsecond(), Json(accepted));
        later!(
            self,
            "insert into acceptances (id, person, terms, at, accepted) values ($1, $2, $3, $4, $5)",
            id,
            person,
            terms,
            at,
            accepted
        )
    }

    async fn last_acceptance(&mut self, id: PersonId) -> Result<Option<TermsAcceptance>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            AcceptanceRow,
            r#"select id as "id: Uuid", person as "person: Uuid", accepted as "accepted: _"
               from acceptances where person = $1 order by at desc, id desc limit 1"#,
            id
        );
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn behind_terms(
        &mut self,
        enough: &[TermsHash],
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault> {
        let (enough, after, limit) =
            (listed(enough), after.map(Uuid::from).unwrap_or_default(), i64::from(limit));
        let ids = sqlx::query_scalar!(
            r#"select p.id as "id!: Uuid" from persons p
               where p.id > $2
                 and (select lower(hex(a.terms)) from acceptances a where a.person = p.id
                      order by a.at desc, a.id desc limit 1) not in (select value from json_each($1))
                 and not exists (select 1 from holds h where h.person = p.id and h.origin = 'terms')
               order by p.id limit $3"#,
            enough,
            after,
            limit
        );
        let ids = ids.fetch_all(self.db()).await.map_err(fault)?;
        Ok(ids.into_iter().map(Into::into).collect())
    }

    async fn untold_of_terms(
        &mut self,
        enough: &[TermsHash],
        told: TermsHash,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault> {
        let (enough, told, limit) = (listed(enough), told.bytes().as_slice(), i64::from(limit));
        let ids = sqlx::query_scalar!(
            r#"select p.id as "id!: Uuid" from persons p
               where (select lower(hex(a.terms)) from acceptances a where a.person = p.id
                      order by a.at desc, a.id desc limit 1) not in (select value from json_each($1))
                 and not exists (select 1 from holds h where h.person = p.id and h.origin = 'terms')
                 and not exists (select 1 from terms_told t where t.person = p.id and t.terms = $2)
               order by p.id limit $3"#,
            enough,
            told,
            limit
        );
        let ids = ids.fetch_all(self.db()).await.map_err(fault)?;
        Ok(ids.into_iter().map(Into::into).collect())
    }

    async fn note_terms_told(
        &mut self,
        id: PersonId,
        terms: TermsHash,
        at: Timestamp,
    ) -> Result<bool, StoreFault> {
        let (id, terms, at) = (Uuid::from(id), terms.bytes().as_slice(), at.as_microsecond());
        let note = sqlx::query!(
            "insert into terms_told (person, terms, at) values ($1, $2, $3) on conflict do nothing",
            id,
            terms,
            at
        );
        Ok(note.execute(self.db()).await.map_err(fault)?.rows_affected() > 0)
    }

    async fn add_proofing(&mut self, proofing: &IdentityProofing) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(proofing.id), Uuid::from(proofing.person));
        let (at, level) = (proofing.at.as_microsecond(), proofing.level.word());
        let (means, register) = (Json(&proofing.means), Json(&proofing.register));
        later!(
            self,
            "insert into proofings (id, person, at, level, means, register, process)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            person,
            at,
            level,
            means,
            register,
            proofing.process
        )
    }

    async fn last_proofing(&mut self, id: PersonId) -> Result<Option<IdentityProofing>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            ProofingRow,
            r#"select id as "id: Uuid", person as "person: Uuid", at, level, means as "means: _",
               register as "register: _", process
               from proofings where person = $1
               and at > coalesce((select proofs_void_at from persons where id = $1), -1) order by at desc, id desc limit 1"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(IdentityProofing::try_from).transpose()
    }

    async fn put_role(&mut self, role: &Role) -> Result<(), StoreFault> {
        let (id, person, kind) = (Uuid::from(role.id), Uuid::from(role.person), role.kind.word());
        let (proposed_at, state) = (role.proposed_at.as_microsecond(), Json(&role.state));
        let put = sqlx::query!(
            "insert into roles (id, person, kind, proposed_at, state) values ($1, $2, $3, $4, $5)
             on conflict (id) do update set state = excluded.state
             where roles.person = excluded.person and roles.kind = excluded.kind",
            id,
            person,
            kind,
            proposed_at,
            state
        );
        one(put.execute(self.db()).await.map_err(fault)?.rows_affected(), "a role that is another's")
    }

    async fn role(&mut self, id: RoleId) -> Result<Option<Role>, StoreFault> {
        let id = Uuid::from(id);
        let row = roles!("where id = $1", id).fetch_optional(self.db()).await.map_err(fault)?;
        row.map(Role::try_from).transpose()
    }

    async fn roles_of(&mut self, id: PersonId) -> Result<Vec<Role>, StoreFault> {
        let id = Uuid::from(id);
        let rows = roles!("where person = $1 order by proposed_at desc, id desc", id);
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn roles(&mut self) -> Result<Vec<Role>, StoreFault> {
        let rows = roles!("order by proposed_at desc, id desc");
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn add_import(
        &mut self,
        id: ImportId,
        at: Timestamp,
        operator: &str,
        source: &str,
        hash: [u8; 32],
    ) -> Result<(), StoreFault> {
        let (id, at, hash) = (Uuid::from(id), at.as_microsecond(), hash.as_slice());
        let add = sqlx::query!(
            "insert into imports (id, at, operator, source, hash) values ($1, $2, $3, $4, $5)",
            id,
            at,
            operator,
            source,
            hash
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }
}

/// Hashes as one value, each in hexadecimal as `hex` writes it in small letters.
fn listed(terms: &[TermsHash]) -> Json<Vec<String>> {
    Json(terms.iter().map(ToString::to_string).collect())
}
