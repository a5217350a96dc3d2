//! People and what holds their logins.

use crate::shared::{AskedRow, HoldRow, KnownRow, PersonRow, all, count, fault, one};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{Epoch, PersonId};
use domain::lift::Asked;
use domain::person::{Mail, Mobile, Person, UserName};
use domain::standing::{Hold, Origin, Standing};
use sqlx::types::Uuid;
use usecases::ports::store::{LineOnRecord, Named, NewPerson, People, PersonKeys as _, StoreFault};
use usecases::ports::vault::{Mac, Sealed};

macro_rules! person {
    ($tail:literal, $id:expr) => {
        sqlx::query_as!(
            PersonRow,
            "select id, user_name, given_name, family_name, work_mail, private_mail, mobile, epoch
             from persons where id = $1 "
                + $tail,
            $id
        )
    };
}

#[async_trait]
impl People for PgTx {
    async fn person(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault> {
        let id = Uuid::from(id);
        let row = person!("", id);
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Person::try_from).transpose()
    }

    async fn person_steady(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault> {
        let id = Uuid::from(id);
        let row = person!("for share", id);
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Person::try_from).transpose()
    }

    async fn person_for_update(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault> {
        let id = Uuid::from(id);
        let row = person!("for update", id);
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Person::try_from).transpose()
    }

    async fn person_by_cpr(&mut self, indexes: &[Mac]) -> Result<Option<PersonId>, StoreFault> {
        for index in indexes {
            let index = index.as_slice();
            let found = sqlx::query_scalar!("select id from persons where cpr_index = $1", index);
            if let Some(id) = found.fetch_optional(self.db()).await.map_err(fault)? {
                return Ok(Some(id.into()));
            }
        }
        Ok(None)
    }

    async fn person_by_user_name(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault> {
        let name = name.as_str();
        let found = sqlx::query_scalar!("select id from persons where user_name = $1", name);
        Ok(found.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn user_name_owner(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault> {
        let name = name.as_str();
        let found = sqlx::query_scalar!("select person from user_names where name = $1", name);
        Ok(found.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn line_on_record(&mut self, named: Named<'_>) -> Result<LineOnRecord, StoreFault> {
        let indexes: Vec<Vec<u8>> = named.indexes.iter().map(|index| index.to_vec()).collect();
        let (cvr, number) = (named.cvr.to_string(), named.employee_number);
        let row = sqlx::query_as!(
            KnownRow,
            r#"select p.id as "person?", p.user_name as "user_name?", p.given_name as "given_name?",
               p.family_name as "family_name?", p.work_mail as "work_mail?", p.private_mail as "private_mail?",
               p.mobile as "mobile?", p.epoch as "epoch?",
               a.id as "relation?", a.person as "relation_of?", a.cvr as "cvr?",
               a.employee_number as "employee_number?", a.unit as "unit?", a.starts_on::text as "starts_on?",
               a.ends_on::text as "ends_on?", a.activated_at as "activated_at?", a.closed_at as "closed_at?",
               n.person as "name_owner?"
               from (select 1) here
               left join persons p on p.id = (select id from persons where cpr_index = any($1) limit 1)
               left join associations a on a.id =
                   (select id from associations where cvr = $2 and employee_number = $3
                    order by closed_at is not null, closed_at desc limit 1)
               left join user_names n on n.name = $4"#,
            &indexes,
            cvr,
            number,
            named.user_name.as_str()
        );
        row.fetch_one(self.db()).await.map_err(fault)?.try_into()
    }

    async fn add_person(&mut self, new: NewPerson<'_>) -> Result<(), StoreFault> {
        self.keep_trail_keys(&[(new.person.id, new.trail_key.clone())]).await?;
        let (person, id) = (new.person, Uuid::from(new.person.id));
        let (user_name, given_name) = (person.user_name.as_str(), person.given_name.as_str());
        let family_name = person.family_name.as_str();
        let work_mail = person.contact.work_mail.as_ref().map(Mail::as_str);
        let private_mail = person.contact.private_mail.as_ref().map(Mail::as_str);
        let mobile = person.contact.mobile.as_ref().map(Mobile::as_str);
        let (cpr, index, epoch) = (new.cpr.0.as_slice(), new.cpr_index.as_slice(), person.epoch.0);
        let at = new.at.as_microsecond();
        let insert = sqlx::query!(
            "insert into persons (id, user_name, given_name, family_name, work_mail, private_mail, mobile, epoch,
                cpr, cpr_index, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            id,
            user_name,
            given_name,
            family_name,
            work_mail,
            private_mail,
            mobile,
            epoch,
            cpr,
            index,
            at
        );
        insert.execute(self.db()).await.map_err(fault)?;
        self.reserve(&person.user_name, person.id).await
    }

    async fn change_person(&mut self, person: &Person) -> Result<(), StoreFault> {
        self.reserve(&person.user_name, person.id).await?;
        let (id, user_name) = (Uuid::from(person.id), person.user_name.as_str());
        let (given_name, family_name) = (person.given_name.as_str(), person.family_name.as_str());
        let work_mail = person.contact.work_mail.as_ref().map(Mail::as_str);
        let private_mail = person.contact.private_mail.as_ref().map(Mail::as_str);
        let mobile = person.contact.mobile.as_ref().map(Mobile::as_str);
        let update = sqlx::query!(
            "update persons set user_name = $2, given_name = $3, family_name = $4, work_mail = $5,
                private_mail = $6, mobile = $7
             where id = $1",
            id,
            user_name,
            given_name,
            family_name,
            work_mail,
            private_mail,
            mobile
        );
        one(update.execute(self.db()).await.map_err(fault)?.rows_affected(), "a person that is not there")
    }

    async fn cpr_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let id = Uuid::from(id);
        let sealed = sqlx::query_scalar!("select cpr from persons where id = $1", id);
        Ok(sealed.fetch_optional(self.db()).await.map_err(fault)?.map(Sealed))
    }

    async fn set_cpr(&mut self, id: PersonId, cpr: &Sealed, index: Mac) -> Result<(), StoreFault> {
        let (id, cpr, index) = (Uuid::from(id), cpr.0.as_slice(), index.as_slice());
        let update =
            sqlx::query!("update persons set cpr = $2, cpr_index = $3 where id = $1", id, cpr, index);
        one(update.execute(self.db()).await.map_err(fault)?.rows_affected(), "a person that is not there")
    }

    async fn standing(&mut self, id: PersonId) -> Result<Standing, StoreFault> {
        let person = Uuid::from(id);
        let row = sqlx::query!(
            r#"select epoch, exists (select 1 from holds where person = $1) as "held!" from persons where id = $1"#,
            person
        );
        // Nobody's standing would be an empty one, and that means active.
        let row = row.fetch_optional(self.db()).await.map_err(fault)?;
        let row = row.ok_or(StoreFault::Unreadable("the standing of nobody"))?;
        let holds = if row.held { self.holds_of(id).await? } else { Vec::new() };
        Ok(Standing::of(holds, Epoch(row.epoch)))
    }

    /// First the lock and then the look: a statement that waits for a lock goes on with what it saw before.
    async fn standing_steady(&mut self, id: PersonId) -> Result<Option<Standing>, StoreFault> {
        if self.holds_steady(id).await? { self.standing(id).await.map(Some) } else { Ok(None) }
    }

    async fn add_hold(&mut self, id: PersonId, hold: &Hold, epoch: Epoch) -> Result<(), StoreFault> {
        let (person, hold_id, at) = (Uuid::from(id), Uuid::from(hold.id), hold.at.as_microsecond());
        let (origin, reason, epoch) = (hold.origin.word(), hold.reason.as_str(), epoch.0);
        let insert = sqlx::query!(
            "insert into holds (id, person, origin, reason, at) values ($1, $2, $3, $4, $5)",
            hold_id,
            person,
            origin,
            reason,
            at
        );
        insert.execute(self.db()).await.map_err(fault)?;
        // An epoch that does not rise would leave alive what the hold must end.
        let raise = sqlx::query!("update persons set epoch = $2 where id = $1 and epoch < $2", person, epoch);
        one(raise.execute(self.db()).await.map_err(fault)?.rows_affected(), "an epoch that does not rise")
    }

    async fn holds_since(&mut self, origin: Origin, since: Timestamp) -> Result<u64, StoreFault> {
        let (origin, since) = (origin.word(), since.as_microsecond());
        let many = sqlx::query_scalar!(
            r#"select count(distinct person) as "many!" from holds where origin = $1 and at >= $2"#,
            origin,
            since
        );
        count(many.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn lift_holds(&mut self, id: PersonId, origin: Origin, epoch: Epoch) -> Result<u64, StoreFault> {
        let (person, origin, epoch) = (Uuid::from(id), origin.word(), epoch.0);
        let lift = sqlx::query!("delete from holds where person = $1 and origin = $2", person, origin);
        let lifted = lift.execute(self.db()).await.map_err(fault)?.rows_affected();
        // What waited behind the hold must not go on after it either.
        let raise = sqlx::query!("update persons set epoch = $2 where id = $1 and epoch < $2", person, epoch);
        one(raise.execute(self.db()).await.map_err(fault)?.rows_affected(), "an epoch that does not rise")?;
        Ok(lifted)
    }

    async fn ask_lift(&mut self, asked: &Asked) -> Result<(), StoreFault> {
        let (hold, by, at) = (Uuid::from(asked.hold), asked.by.as_str(), asked.at.as_microsecond());
        let put = sqlx::query!(
            "insert into hold_lifts (hold, asked_by, asked_at) values ($1, $2, $3)
             on conflict (hold) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at",
            hold,
            by,
            at
        );
        put.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn lifts_asked(&mut self, id: PersonId) -> Result<Vec<Asked>, StoreFault> {
        let person = Uuid::from(id);
        let asked = sqlx::query_as!(
            AskedRow,
            r#"select l.hold as hold, l.asked_by, l.asked_at
               from hold_lifts l join holds h on h.id = l.hold where h.person = $1 order by l.asked_at, l.hold"#,
            person
        );
        all(asked.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn void_proofs(&mut self, id: PersonId, at: Timestamp) -> Result<(), StoreFault> {
        let (person, at) = (Uuid::from(id), at.as_microsecond());
        let void = sqlx::query!("update persons set proofs_void_at = $2 where id = $1", person, at);
        one(void.execute(self.db()).await.map_err(fault)?.rows_affected(), "a person that is not there")
    }
}

impl PgTx {
    /// Locks her row as by [`People::person_steady`], and says whether she is there.
    pub(crate) async fn holds_steady(&mut self, id: PersonId) -> Result<bool, StoreFault> {
        let person = Uuid::from(id);
        let hold = sqlx::query_scalar!("select id from persons where id = $1 for share", person);
        Ok(hold.fetch_optional(self.db()).await.map_err(fault)?.is_some())
    }

    /// Her open holds.
    pub(crate) async fn holds_of(&mut self, id: PersonId) -> Result<Vec<Hold>, StoreFault> {
        let person = Uuid::from(id);
        let holds = sqlx::query_as!(
            HoldRow,
            "select id, origin, reason, at from holds where person = $1 order by at, id",
            person
        );
        all(holds.fetch_all(self.db()).await.map_err(fault)?)
    }

    /// Reserves a user name for ever, or finds that it is another's.
    async fn reserve(&mut self, name: &UserName, id: PersonId) -> Result<(), StoreFault> {
        let (text, person) = (name.as_str(), Uuid::from(id));
        let reserve = sqlx::query!(
            "insert into user_names (name, person) values ($1, $2) on conflict do nothing",
            text,
            person
        );
        reserve.execute(self.db()).await.map_err(fault)?;
        let owner = sqlx::query_scalar!("select person from user_names where name = $1", text);
        let owner = owner.fetch_one(self.db()).await.map_err(fault)?;
        if owner == person { Ok(()) } else { Err(StoreFault::Conflict("a user name")) }
    }
}
