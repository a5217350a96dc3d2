//! A notice as a mail in both languages, and in a few words for a phone.

use super::letter::{Block, Mail, one_line};
use super::{Happening, NoticeText, SecretLink, Sender, wording};
use crate::{Lang, Say, format};

impl NoticeText<'_> {
    /// Writes the mail.
    pub fn write(&self, sender: &Sender<'_>, happening: &Happening<'_>) -> Mail {
        let wording = self.wording();
        let [danish, english] = Lang::ALL.map(|lang| self.blocks(lang, sender, happening));
        Mail {
            subject: format!("{} / {}", wording.subject.da, wording.subject.en),
            text: text(&danish, &english),
            html: html(&danish, &english),
        }
    }

    /// Writes it in a few words, for a phone: Danish, then English. No link that opens or blocks anything; the public
    /// page and the telephone number alone.
    pub fn write_short(&self, sender: &Sender<'_>, happening: &Happening<'_>) -> String {
        let sentence = self.short();
        let [danish, english] = Lang::ALL.map(|lang| {
            let mut values = self.own_values(lang);
            values.extend([
                ("municipality", one_line(sender.municipality)),
                ("phone", one_line(sender.phone)),
                ("url", one_line(sender.url)),
                ("clock", format::clock(happening.at, lang)),
                ("reference", one_line(happening.reference)),
            ]);
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            sentence.fill(lang, &values)
        });
        format!("{}: {danish}\n{english}", one_line(sender.municipality))
    }

    fn blocks(&self, lang: Lang, sender: &Sender<'_>, happening: &Happening<'_>) -> Vec<Block> {
        let wording = self.wording();
        let mut values = self.own_values(lang);
        values.extend([
            ("name", one_line(happening.name)),
            ("municipality", one_line(sender.municipality)),
            ("phone", one_line(sender.phone)),
            ("url", one_line(sender.url)),
        ]);
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let say = |sentence: Say| sentence.fill(lang, &values);
        let paragraph = |sentence: Say| Block::Paragraph(say(sentence));

        let mut blocks = vec![paragraph(wording.greeting)];
        blocks.extend(wording.body.iter().copied().map(paragraph));
        if let (Some(label), Some(SecretLink(url))) = (wording.link, self.link()) {
            blocks.push(Block::Link { label: say(label), url: url.into() });
        }
        blocks.push(Block::Facts(happening.facts(lang)));
        blocks.push(paragraph(wording.doubt));
        if self.of_a_blocked_login() {
            blocks.push(paragraph(wording::CALL));
        } else {
            let public = format!("{}/spaer", sender.url);
            let url = happening.not_me.map_or(public, |SecretLink(own)| own.to_owned());
            blocks.push(Block::Link { label: say(wording::BLOCK), url });
            blocks.push(paragraph(wording::OR_CALL));
        }
        blocks.push(paragraph(wording::REGARDS));
        blocks
    }
}

fn text(danish: &[Block], english: &[Block]) -> String {
    let body = |blocks: &[Block]| blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n\n");
    format!("{}\n\n{}\n\n-----\n\n{}\n", wording::ENGLISH_BELOW, body(danish), body(english))
}

fn html(danish: &[Block], english: &[Block]) -> String {
    let body = |blocks: &[Block]| blocks.iter().map(Block::html).collect::<Vec<_>>().join("\n");
    let below = wording::ENGLISH_BELOW;
    let (danish, english) = (body(danish), body(english));
    format!(
        "<!doctype html>\n<html lang=\"da\">\n<head><meta charset=\"utf-8\"></head>\n\
         <body style=\"font-family:sans-serif;line-height:1.5;max-width:40em\">\n<p lang=\"en\">{below}</p>\n\
         <div lang=\"da\">\n{danish}\n</div>\n<hr>\n<div lang=\"en\">\n{english}\n</div>\n</body>\n</html>\n"
    )
}
