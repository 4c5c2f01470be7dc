//! Files for lines with names.

use super::{Sample, World, bad, choosing, good};

pub(crate) fn pair(_: &World) -> Vec<Sample> {
    let plain = vec![
        good("scripts", "عبد الوافي لفتيت\tAbdelouafi Laftit"),
        good("order", "Bennani, Fatima-Zahra\tFatima Zohra BENNANI"),
        good("tifinagh", "ⵎⵃⵎⵓⴷ ⵇⴰⵀⵔⵉ\tمحمود قاهري"),
        good("mixed", "محمد Alaoui\tМохаммед Ал-Алауи"),
        good("glued", "Sunam PANG\tSu Nam PANG"),
        good("only-particles", "ben al\tel ibn"),
        good("words-40", format!("{}\tab", "ab ".repeat(40))),
        good("letters-400", format!("{}\tx", "x".repeat(400))),
        good("marks", "\u{200f}مُحَمَّـــد\u{200e}\tمحمد"),
        bad("columns", "Ali"),
        bad("override", "Ali\tA\u{202e}li"),
        bad("empty", "\t"),
        bad("letters-401", format!("{}\tx", "x".repeat(401))),
        bad("not-utf8", [b'A', 9, 0xff]),
    ];
    let dated = vec![
        good("dates", "Karim Alaoui\t1971\tكريم العلوي\t1971-03-02"),
        good("dates-impossible", "Karim\t1996-16-24\tKarim\t"),
        bad("date", "Karim\t71\tKarim\t"),
    ];
    let mut samples = choosing(0, plain);
    samples.extend(choosing(1, dated));
    samples
}

pub(crate) fn name(_: &World) -> Vec<Sample> {
    let plain = vec![
        good("name", "Mohamed ben Ali ben Youssef El Alaoui"),
        good("name-arabic", "أبو القاسم الشابي"),
        good("one-letter", "X"),
        bad("tabulator", "Ali\t1971"),
    ];
    let mut samples = choosing(0, plain);
    samples.extend(choosing(
        1,
        vec![good("name-dated", "Ali\t1971-03"), bad("no-date", "Ali")],
    ));
    samples
}
