//! A form filled again, as its page would be.

use passerelle_model::Lang;

use super::*;
use crate::frame::samples;

const PAGE: &str = "<html><head><title>Réunion</title></head><body><main id=\"main\">\
    <details><summary>Répondre</summary><form method=\"post\" action=\"/a?csrf=1\">\
    <input type=\"hidden\" name=\"csrf\" value=\"t\"><input type=\"hidden\" name=\"revision\" value=\"r1\">\
    <p class=\"field\"><label for=\"why\">Motif</label><textarea id=\"why\" name=\"why\" required>\nاقتراح</textarea></p>\
    <p class=\"actions\"><button name=\"answer\" value=\"reject\">Refuser</button></p></form></details>\
    <form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"revision\" value=\"r2\">\
    <p class=\"field\"><label for=\"n\">Minutes</label><input id=\"n\" name=\"n\" type=\"number\" min=\"1\" max=\"9\" value=\"3\"></p>\
    <fieldset><legend>Position</legend><label class=\"option\"><input type=\"radio\" name=\"s\" value=\"a\" required checked> <span>A</span></label>\
    <label class=\"option\"><input type=\"radio\" name=\"s\" value=\"b\" required> <span>B</span></label></fieldset>\
    <p><label for=\"k\">Liste</label><select id=\"k\" name=\"k\"><option value=\"x\" selected>X</option><option value=\"y\">Y</option></select></p>\
    <input name=\"day\" type=\"date\"><input name=\"line\"><input name=\"line\">\
    <p class=\"actions\"><button>Dire</button></p></form></main></body></html>";

fn sent<'a>(typed: &'a [(String, String)], wrong: &'a [String]) -> Sent<'a> {
    Sent {
        action: "/a",
        typed,
        wrong,
        why: "Pourquoi.",
        of_a_field: true,
        overtaken: false,
        found: &[],
        files: &[],
        moved: false,
    }
}

fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn the_form_that_was_sent_is_the_one_that_is_filled() {
    let p = samples::page(Lang::Fr);
    let pairs = typed(&[("revision", "r1"), ("answer", "reject"), ("why", "")]);
    let page = filled(&p, PAGE, &sent(&pairs, &[])).unwrap();
    assert!(page.contains("<details open>"));
    assert!(
        page.contains("<a href=\"#why\">Motif : à remplir</a>"),
        "{page}"
    );
    assert!(page.contains("aria-invalid=\"true\""));
    assert!(page.contains("<title>Erreur : Réunion"));
    // The other form is as it was.
    assert!(page.contains("value=\"3\"") && page.contains("checked"));
    assert!(!page.contains("اقتراح"), "an emptied box stays empty");
}

#[test]
fn every_kind_of_box_holds_what_was_typed() {
    let p = samples::page(Lang::Fr);
    let hostile = "\"><script>x</script>";
    let pairs = typed(&[
        ("revision", "r2"),
        ("n", "99"),
        ("s", "b"),
        ("k", "y"),
        ("day", "demain"),
        ("line", "un"),
        ("line", hostile),
    ]);
    let page = filled(&p, PAGE, &sent(&pairs, &[])).unwrap();
    for held in [
        "value=\"99\"",
        "<option selected value=\"y\">",
        "<option value=\"x\">",
        "value=\"demain\"",
        "value=\"un\"",
        "<input checked id=\"refill-3\" name=\"s\" required type=\"radio\" value=\"b\">",
    ] {
        assert!(page.contains(held), "{held}: {page}");
    }
    assert!(!page.contains("<script>"));
    // The number and the day do not fit; both are said and lead to their box.
    assert!(page.contains("<a href=\"#n\">Minutes"));
    assert!(page.contains("<a href=\"#refill-5\">"));
    assert!(page.contains("id=\"wrong-n\"") && page.contains("aria-describedby=\"wrong-n\""));
}

#[test]
fn a_refusal_that_no_box_explains_leads_to_the_first() {
    let p = samples::page(Lang::Fr);
    let pairs = typed(&[("revision", "r2"), ("s", "a"), ("n", "2")]);
    let told = Sent {
        of_a_field: false,
        ..sent(&pairs, &[])
    };
    let page = filled(&p, PAGE, &told).unwrap();
    assert!(page.contains("<a href=\"#n\">Pourquoi.</a>"));
    let faster = Sent {
        overtaken: true,
        ..sent(&pairs, &[])
    };
    let page = filled(&p, PAGE, &faster).unwrap();
    assert!(
        page.contains("Pourquoi.") && page.contains("maintenant : 3"),
        "{page}"
    );
}

#[test]
fn a_second_look_is_asked_in_the_form() {
    let p = samples::page(Lang::Fr);
    let pairs = typed(&[("revision", "r1"), ("why", "a@b.example")]);
    let found = [("a@b.example".to_owned(), "mail".to_owned())];
    let asks = Sent {
        found: &found,
        ..sent(&pairs, &[])
    };
    let page = filled(&p, PAGE, &asks).unwrap();
    assert!(page.contains("name=\"sure\"") && page.contains("a@b.example</textarea>"));
    assert!(page.contains("<a href=\"#why\">"));
}

#[test]
fn a_page_without_the_form_is_left() {
    let p = samples::page(Lang::Fr);
    let elsewhere = Sent {
        action: "/b",
        ..sent(&[], &[])
    };
    assert!(filled(&p, PAGE, &elsewhere).is_none());
    assert!(filled(&p, "", &elsewhere).is_none());
    assert!(filled(&p, "<form action=\"/b\"><textarea", &elsewhere).is_none());
}

#[test]
fn another_language_keeps_what_was_typed_and_says_nothing_of_it() {
    let p = samples::page(Lang::Ar);
    let bar = "<form class=\"languages\" method=\"post\" action=\"/language\">\
        <button name=\"lang\" value=\"fr\">Français</button></form><main";
    let page = PAGE.replace("<main", bar);
    let pairs = typed(&[("revision", "r2"), ("n", "99"), ("day", "demain")]);
    let moved = Sent {
        moved: true,
        of_a_field: false,
        ..sent(&pairs, &[])
    };
    let page = filled(&p, &page, &moved).unwrap();
    assert!(page.contains("value=\"99\"") && page.contains("value=\"demain\""));
    assert!(!page.contains("aria-invalid") && !page.contains("class=\"summary\""));
    assert!(page.contains("<title>Réunion"), "{page}");
    assert!(page.contains("role=\"status\""));
    // The next change sends the form as it is then.
    let button = "form=\"sent\" formaction=\"/a?from=%2Ftoday\"";
    assert!(
        page.contains(button) && page.contains("<form method=\"post\" action=\"/a\" id=\"sent\">"),
        "{page}"
    );
    assert!(page.contains("name=\"in-language\"") && page.contains("formnovalidate"));
}

#[test]
fn another_language_does_not_hide_what_somebody_changed_meanwhile() {
    let p = samples::page(Lang::Fr);
    let page = PAGE.replace(
        "<input name=\"day\"",
        "<input type=\"hidden\" name=\"version\" value=\"4\"><input name=\"day\"",
    );
    let pairs = typed(&[("revision", "r2"), ("version", "3"), ("n", "9")]);
    let moved = Sent {
        moved: true,
        ..sent(&pairs, &[])
    };
    let page = filled(&p, &page, &moved).unwrap();
    assert!(page.contains("maintenant : 3"), "{page}");
}

#[test]
fn a_file_that_came_along_is_to_be_chosen_again() {
    let p = samples::page(Lang::Fr);
    let page = PAGE.replace(
        "<input name=\"day\"",
        "<input type=\"file\" name=\"f\"><input name=\"day\"",
    );
    let pairs = typed(&[("revision", "r2"), ("n", "99")]);
    let came = ["carte <b>.pdf".to_owned()];
    let again = Sent {
        files: &came,
        ..sent(&pairs, &[])
    };
    let told = filled(&p, &page, &again).unwrap();
    assert!(
        told.contains("À choisir à nouveau : carte &#60;b&#62;.pdf"),
        "{told}"
    );
    let none = filled(&p, &page, &sent(&pairs, &[])).unwrap();
    assert!(!none.contains("choisir à nouveau"));
}
