//! Pages of HTML as ministries and newspapers publish them.

use passerelle_papers::{Hint, Kind, Warning, read};

use super::{blocks, heading, item, paper, row, text};

const BODY: &str = "Les deux ministres ont convenu de renforcer les canaux d’échange \
                    d’informations entre leurs services.";

#[test]
fn what_is_around_the_article_is_left_out() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Accord | Ministère</title><style>p{{}}</style></head><body>\
         <div class=\"cookie-banner\"><p>Ce site utilise des cookies.</p></div>\
         <header><a href=/>Accueil</a></header><nav><ul><li>Menu</ul></nav>\
         <div id=wrap><article><header><h1>Accord &amp; suite</h1><p>15 avril 2024</p></header>\
         <p>{BODY}<div class=share-buttons><a>Facebook</a></div>\
         <h2>Décisions</h2><ul><li>former<ul><li>les agents</ul><li>échanger</ul>\
         <p>Lire aussi : <a>Un autre accord</a></p>\
         <form><label>Nom</label><input><button>Envoyer</button></form></article></div>\
         <aside><p>Publicité pour un autre produit.</p></aside><footer>Mentions légales</footer>"
    );
    let paper = paper(page.as_bytes()).unwrap();
    assert_eq!(paper.kind, Kind::Html);
    assert_eq!(
        blocks(&paper),
        [
            heading(1, "Accord & suite"),
            text("15 avril 2024"),
            text(BODY),
            heading(2, "Décisions"),
            item(1, "former"),
            item(2, "les agents"),
            item(1, "échanger"),
        ]
    );
    assert!(
        paper
            .warnings
            .iter()
            .any(|warning| matches!(warning, Warning::AsidesLeftOut(_)))
    );
}

#[test]
fn read_also_takes_its_links_along_in_four_languages() {
    for label in ["Lire aussi", "Lees ook:", "Read also", "اقرأ أيضًا"] {
        let page = format!(
            "<html><p>{BODY}</p><h3>{label}</h3><p><a>Un premier article</a></p>\
             <p><a>Un second article</a></p><p>Le texte continue ici.</p>"
        );
        let paper = paper(page.as_bytes()).unwrap();
        assert_eq!(
            blocks(&paper),
            [text(BODY), text("Le texte continue ici.")],
            "{label}"
        );
    }
}

#[test]
fn rows_of_links_go_and_a_reference_stays() {
    let page = format!(
        "<html><div><a>Accueil</a></div><div><a>Actualités</a></div><div><a>Contact</a></div>\
         <p>{BODY}</p><p><a>Convention du 18 février 2014</a></p><p>Elle est en vigueur.</p>"
    );
    let paper = paper(page.as_bytes()).unwrap();
    assert_eq!(
        blocks(&paper),
        [
            text(BODY),
            text("Convention du 18 février 2014"),
            text("Elle est en vigueur."),
        ]
    );
}

#[test]
fn a_page_in_one_form_or_under_a_doubtful_name_is_still_read() {
    for wrapper in ["form", "div class=\"page with-sidebar\"", "div id=menu"] {
        let page = format!("<html><{wrapper}><h1>Accord</h1><p>{BODY}</p>");
        let paper = paper(page.as_bytes()).unwrap();
        assert_eq!(
            blocks(&paper),
            [heading(1, "Accord"), text(BODY)],
            "{wrapper}"
        );
    }
}

#[test]
fn hidden_text_is_not_read() {
    let page = format!(
        "<html><p>{BODY}</p><p hidden>un</p><p style=\"display: none\">deux</p>\
         <p aria-hidden=true>trois</p>"
    );
    let paper = paper(page.as_bytes()).unwrap();
    assert_eq!(blocks(&paper), [text(BODY)]);
    assert_eq!(paper.warnings, [Warning::HiddenLeftOut(3)]);
}

#[test]
fn tables_of_data_are_rows_and_tables_of_layout_are_not() {
    let page = format!(
        "<html><table><tr><td><h1>Accord</h1><p>{BODY}</p><table><tr><th>Action<th>Délai\
         <tr><td>Former<td>un<br>mois</table><td></table>"
    );
    assert_eq!(
        blocks(&paper(page.as_bytes()).unwrap()),
        [
            heading(1, "Accord"),
            text(BODY),
            row(&["Action", "Délai"], "Action\tDélai"),
            row(&["Former", "un mois"], "Former\tun mois"),
        ]
    );
}

#[test]
fn line_breaks_part_paragraphs_where_they_leave_a_blank_line() {
    let page = "<html><div>Un\n\n texte<br>suite.<br><br/>Autre <b>texte</b>.</div>";
    assert_eq!(
        blocks(&paper(page.as_bytes()).unwrap()),
        [text("Un texte suite."), text("Autre texte.")]
    );
}

#[test]
fn entities_are_decoded_and_encodings_respected() {
    let page =
        b"<html><meta charset=windows-1252><p>L&rsquo;\xe9t\xe9 &#233;tait&nbsp;l\xe0 &lt;b&gt;.";
    assert_eq!(blocks(&paper(page).unwrap()), [text("L’été était là <b>.")]);
}

#[test]
fn the_name_of_a_page_is_its_heading_or_its_title() {
    let named = read(
        b"<title>Nom</title><p>Texte.",
        Hint {
            media_type: "text/html",
            name: "",
        },
    );
    assert_eq!(named.unwrap().title.as_deref(), Some("Nom"));
}
