//! `leaked_passwords LIST OUTPUT`: writes the filter that the server embeds, after finding every password of the list in
//! it. Run by `scripts/leaked-passwords`.

use keys::leaks::Compiled;
use std::io::Write as _;
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(list), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: leaked_passwords LIST OUTPUT".into());
    };
    let list = fs::read_to_string(list)?;
    let compiled = Compiled::of(&list)?;
    let missing = compiled.missing(&list);
    if missing > 0 {
        return Err(format!("{missing} passwords of the list are not found in the filter").into());
    }
    let bytes = compiled.bytes();
    fs::write(output, &bytes)?;
    writeln!(std::io::stdout(), "{} keys in {} bytes, none of the list missing", compiled.keys, bytes.len())?;
    Ok(())
}
