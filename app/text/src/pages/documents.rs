//! The municipality's texts, as pages.

sentences! {
    VERSION: "Version {version} af {day}", "Version {version} of {day}";
    TERMS: "Vilkår for dit login", "Terms of your login";
    PRINT_HINT: "Siden kan udskrives.", "This page can be printed.";
}
