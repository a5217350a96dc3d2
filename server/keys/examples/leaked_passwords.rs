//! `leaked_passwords LIST OUTPUT`: writes the filter that the server embeds. Run by `scripts/leaked-passwords`.

use std::io::Write as _;
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(list), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: leaked_passwords LIST OUTPUT".into());
    };
    let (bytes, count) = keys::leaks::compile(&fs::read_to_string(list)?)?;
    fs::write(output, &bytes)?;
    writeln!(std::io::stdout(), "{count} different passwords in {} bytes", bytes.len())?;
    Ok(())
}
