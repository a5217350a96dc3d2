//! DEFLATE with a lid on it.

use flate2::{Decompress, FlushDecompress, Status};

use super::RedirectFault;

/// Unpacks raw DEFLATE; never yields, or allocates much, more than `limit` bytes, whatever the input promises.
pub(super) fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>, RedirectFault> {
    // `decompress_vec` fills the room that is there and never grows the vector.
    let mut unpacked = Vec::with_capacity(limit + 1);
    let mut stream = Decompress::new(false);
    let status = stream
        .decompress_vec(packed, &mut unpacked, FlushDecompress::Finish)
        .map_err(|_| RedirectFault::BadDeflate)?;
    let consumed = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
    if unpacked.len() > limit {
        return Err(RedirectFault::TooLarge);
    }
    match status {
        Status::StreamEnd if consumed == packed.len() => Ok(unpacked),
        _ => Err(RedirectFault::BadDeflate),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;

    use super::*;

    fn deflate(plain: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_bomb_stops_at_the_lid() {
        let bomb = deflate(&vec![b'a'; 10 * 1024 * 1024]);
        assert!(bomb.len() < 20_000);
        assert_eq!(inflate(&bomb, 1024), Err(RedirectFault::TooLarge));
    }

    #[test]
    fn what_follows_the_stream_is_refused() {
        let mut packed = deflate(b"hello");
        packed.extend_from_slice(b"more");
        assert_eq!(inflate(&packed, 1024), Err(RedirectFault::BadDeflate));
        assert_eq!(inflate(&[], 1024), Err(RedirectFault::BadDeflate));
        let packed = deflate(b"hello");
        assert_eq!(inflate(&packed[..packed.len() - 2], 1024), Err(RedirectFault::BadDeflate));
    }

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(plain in proptest::collection::vec(any::<u8>(), 0..1024)) {
            prop_assert_eq!(inflate(&deflate(&plain), 1024).unwrap(), plain);
        }

        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = inflate(&noise, 1024);
        }
    }
}
