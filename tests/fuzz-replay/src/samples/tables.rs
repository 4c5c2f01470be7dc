//! Small tables and texts.

use super::{Sample, World, bad, good};

pub(crate) fn csv(_: &World) -> Vec<Sample> {
    vec![
        good("comma", "a,b\n1,\"2,\"\"3\"\n"),
        good("semicolon-mark", "\u{feff}Pays;Valeur\r\nالمغرب;-1,5\r\n"),
        good("tab", "a\tb\n\"x\ty\"\t\n"),
        good("formulas", "a,b\n'=1,''=1\n=1,'a\n"),
        good("lines-in-cells", "a\n\"\r\n=\n\"\n"),
        bad("ragged", "a,b\n1\n"),
        bad("no-headers", "\n\n"),
        bad("same-headers", "a,A\n"),
        bad("open-quote", "a,b\n\"1,2\n3,4\n"),
        bad("not-utf8", b"a\n\xe9\n"),
        bad("override", "a\n\u{202e}b\n"),
    ]
}

pub(crate) fn text(_: &World) -> Vec<Sample> {
    vec![
        good("phone", "+212 661-23-45-67"),
        good("phone-arabic", "٠٦٦١٢٣٤٥٦٧"),
        good("mail", "a@b.example"),
        good("account", "BE68 5390 0754 7034"),
        good("register", "85.07.30-033.28"),
        good("passport", "passeport n° EN123456"),
        good("born", "né le 3 mars 1990"),
        good("born-arabic", "المزدادة بتاريخ ٣ مارس ١٩٩٠"),
        bad(
            "headers",
            "Nom du projet\nDate de naissance\nالاسم العائلي\nfirstName",
        ),
        bad("dates", "01/02/2026 10:30, 1 234 567 890"),
        bad("not-utf8", b"\xff"),
    ]
}
