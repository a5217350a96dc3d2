//! What browsers carry before anybody signed in.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, noon, person, session};
use crate::{Kept, Subject};
use domain::ids::BrowserId;
use time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use usecases::ports::records::{BEFORE, postponing, with_along};

fn record(id: i128, seconds: i64) -> Result<Record, Box<dyn std::error::Error>> {
    let expiry_date = OffsetDateTime::from_unix_timestamp(noon().as_second())? + Duration::seconds(seconds);
    let data = [("flash".to_owned(), "Gemt – æøå".into())].into();
    Ok(Record { id: Id(id), data, expiry_date })
}

pub async fn a_browsers_session_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let mut made = record(-5, 60)?;
    subject.browsers().create(&mut made).await?;
    assert_eq!(subject.browsers().load(&Id(-5)).await?, Some(record(-5, 60)?));
    assert_eq!(subject.browsers().load(&Id(5)).await?, None);
    Ok(())
}

pub async fn who_is_signed_in_at_its_browser_is_found_along_with_it(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for (number, who, began) in [(1, maja, 10), (2, other, 30), (3, maja, 20)] {
        tx.add_session(&session(number, who, 5, at(began))).await?;
    }
    tx.commit().await?;
    let browser: BrowserId = id(5);
    let names_it = [("browser", browser.to_string())].into_iter().collect();
    let mut made = Record { data: [("browser".to_owned(), names_it)].into(), ..record(1, 60)? };
    subject.browsers().create(&mut made).await?;
    for (newest, whose, began) in [(2, (other, 2), 30), (3, (maja, 1), 20), (1, (maja, 1), 10)] {
        let (found, along) = with_along(subject.browsers().load(&Id(1))).await;
        assert_eq!(found?, Some(made.clone()));
        let along = along.ok_or("nothing is said along")?;
        let here = Some((session(newest, whose.0, 5, at(began)), person(whose.1)?));
        assert_eq!((along.browser, along.here), (browser, here));
        let mut tx = subject.store().begin("test").await?;
        tx.end_session(id(newest), at(40)).await?;
        tx.commit().await?;
    }
    let (_, along) = with_along(subject.browsers().load(&Id(1))).await;
    assert!(along.is_some_and(|along| along.browser == browser && along.here.is_none()), "nobody any more");
    subject.browsers().save(&record(1, 90)?).await?;
    let (found, along) = with_along(subject.browsers().load(&Id(1))).await;
    assert!(found?.is_some() && along.is_none(), "a record that names no browser");
    Ok(())
}

pub async fn an_id_that_is_taken_is_replaced(subject: &dyn Subject) -> Kept {
    subject.browsers().create(&mut record(1, 60)?).await?;
    let mut second = record(1, 90)?;
    subject.browsers().create(&mut second).await?;
    assert_ne!(second.id, Id(1));
    assert_eq!(subject.browsers().load(&Id(1)).await?, Some(record(1, 60)?));
    assert_eq!(subject.browsers().load(&second.id).await?, Some(second));
    Ok(())
}

pub async fn a_record_takes_the_place_of_another_in_one(subject: &dyn Subject) -> Kept {
    let instead_of_the_first = |id, seconds| {
        record(id, seconds).map(|mut record| {
            record.data.insert(BEFORE.to_owned(), Id(1).to_string().into());
            record
        })
    };
    subject.browsers().create(&mut record(1, 60)?).await?;
    postponing(subject.browsers().delete(&Id(1))).await?;
    assert_eq!(subject.browsers().load(&Id(1)).await?, Some(record(1, 60)?), "it waits for the other");
    let mut second = instead_of_the_first(2, 90)?;
    subject.browsers().create(&mut second).await?;
    assert_eq!(second, record(2, 90)?, "whose place it took is kept nowhere");
    assert_eq!(subject.browsers().load(&Id(1)).await?, None);
    assert_eq!(subject.browsers().load(&Id(2)).await?, Some(record(2, 90)?));
    // Where the one before is gone already, there is another all the same.
    subject.browsers().create(&mut instead_of_the_first(3, 90)?).await?;
    assert_eq!(subject.browsers().load(&Id(3)).await?, Some(record(3, 90)?));
    assert_eq!(subject.browsers().load(&Id(2)).await?, Some(record(2, 90)?));
    Ok(())
}

pub async fn saving_changes_what_is_there(subject: &dyn Subject) -> Kept {
    subject.browsers().create(&mut record(1, 60)?).await?;
    let changed = Record { data: [("lang".to_owned(), "en".into())].into(), ..record(1, 90)? };
    subject.browsers().save(&changed).await?;
    assert_eq!(subject.browsers().load(&Id(1)).await?, Some(changed));
    Ok(())
}

pub async fn saving_never_brings_back_what_was_deleted(subject: &dyn Subject) -> Kept {
    subject.browsers().create(&mut record(1, 60)?).await?;
    subject.browsers().delete(&Id(1)).await?;
    subject.browsers().save(&record(1, 60)?).await?;
    assert_eq!(subject.browsers().load(&Id(1)).await?, None);
    Ok(())
}

pub async fn what_ran_out_is_not_there_and_is_swept_away(subject: &dyn Subject) -> Kept {
    for (id, seconds) in [(1, -1), (2, 0), (3, 1)] {
        subject.browsers().create(&mut record(id, seconds)?).await?;
    }
    // More than are deleted at a time.
    for id in 10..220 {
        subject.browsers().create(&mut record(id, -1)?).await?;
    }
    assert_eq!(subject.browsers().load(&Id(1)).await?, None);
    assert_eq!(subject.browsers().load(&Id(2)).await?, None);
    subject.delete_expired().await?;
    // A swept id can be taken again; one that is still there cannot.
    for id in [2, 10, 219] {
        let mut again = record(id, 60)?;
        subject.browsers().create(&mut again).await?;
        assert_eq!(again.id, Id(id));
    }
    let (mut first, mut third) = (record(1, 60)?, record(3, 60)?);
    subject.browsers().create(&mut first).await?;
    subject.browsers().create(&mut third).await?;
    assert!(first.id == Id(1) && third.id != Id(3));
    Ok(())
}
