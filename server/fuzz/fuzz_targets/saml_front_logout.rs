#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::saml_front_logout(data));
