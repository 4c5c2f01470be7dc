//! One deed of each kind, as a program may say it.

const DIGEST: &str = "3f786850e387550fdab836ed7e6dc881de23001b0e0b5c2f3a0c4d1e6a7b8c9d";

/// The example of a deed, as JSON.
pub(super) fn of_deed(word: &str) -> String {
    let text = r#"[{"lang":"fr","title":"Un an plus tôt","body":"Voir le procès-verbal."}]"#;
    let rest = match word {
        "open" => r#""kind":"decision","chair":"ma.interior""#.to_owned(),
        "offer" => format!(
            r#""revision":{{"texts":{text},"terms":{{"of":"decision","ended":false}}}}"#
        ),
        "accept" | "withdraw" | "release" => format!(r#""revision":"{DIGEST}""#),
        "reject" => format!(r#""revision":"{DIGEST}","reason":{text}"#),
        "position" => format!(r#""revision":"{DIGEST}","stance":"with-reservation""#),
        "translate" => format!(
            r#""revision":"{DIGEST}","version":{{"lang":"nl","title":"Een jaar vroeger"}}"#
        ),
        "describe" => format!(
            r#""facts":{{"of":"programme","identifier":"XM-DAC-2-10-1","texts":{text},"partners":[["Enabel","implementing"]],"sector":"labour","strand":"migration","code":"15190","countries":[["MA",100]],"until":"2027-12-31","budget":["600000.25","eur"],"instalments":[{{"from":"2027-01-01","until":"2027-12-31","amount":"600000.25"}}],"public":true}}"#
        ),
        "move" => r#""to":"convened""#.to_owned(),
        "delegates" => r#""functions":["Directeur de la migration"]"#.to_owned(),
        "settle" => format!(r#""outcome":"decision","text":{text}"#),
        "report" => format!(
            r#""report":{{"state":"done","text":{text},"evidence":[["liste.pdf","{DIGEST}"]]}}"#
        ),
        "verify" => r#""verified":{"found":"partly"}"#.to_owned(),
        "observe" => r#""period":{"from":"2026-01-01","until":"2026-03-31","target":"40","actual":"67","source":"Registre","cells":[{"sex":"female","age":[18,25],"value":"31"}]}"#.to_owned(),
        "judge" => r#""party":"be.interior","record":"018f2c5e9d7a4b3c8e1f0a2b3c4d5e6f","contested":true"#.to_owned(),
        "seal" => format!(r#""round":1,"digest":"{DIGEST}""#),
        "reveal" => format!(
            r#""round":1,"assessment":{{"likelihood":"even","impact":"high","trend":"rising","reasons":{text}}},"salt":"{DIGEST}""#
        ),
        "answer" => r#""answer":{"organisation":"Association Rif","lang":"ar","text":"الآجال"}"#.to_owned(),
        "review" => format!(r#""review":{{"grade":4,"text":{text}}}"#),
        "window" => r#""until":"2026-05-01""#.to_owned(),
        "write" => r#""place":"b","lang":"fr","text":"Les parties conviennent…""#.to_owned(),
        _ => r#""version":{"lang":"en","title":"Which year?"}"#.to_owned(),
    };
    format!(r#"{{"do":"{word}",{rest}}}"#)
}
