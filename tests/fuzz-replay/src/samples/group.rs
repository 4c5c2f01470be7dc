//! Events of the joint group.

use super::{Sample, World, bad, good, spoilt};

pub(crate) fn event(_: &World) -> Vec<Sample> {
    let opening = r#"{"seen":{"ma.second":0},"deeds":[OPEN]}"#.replace("OPEN", OPEN);
    let mut samples = spoilt("opening", opening);
    let all = [
        ("agreeing", AGREEING),
        ("following", FOLLOWING),
        ("numbers", NUMBERS),
        ("assessing", ASSESSING),
        ("writing", WRITING),
        ("item", ITEM),
        ("programme", PROGRAMME),
        ("meeting", MEETING),
        ("commitment", COMMITMENT),
        ("communique", COMMUNIQUE),
        ("indicator", INDICATOR),
    ];
    samples.extend(all.map(|(name, deeds)| good(name, about(deeds))));
    let accept = about(r#"{"do":"withdraw","revision":"HASH"}"#).replace("HASH", &"0a".repeat(32));
    samples.extend([
        bad("space", accept.replacen(':', ": ", 1)),
        bad("escaped", accept.replace("withdraw", "withdr\\u0061w")),
        bad(
            "unknown-field",
            accept.replace("{\"do\"", "{\"extra\":1,\"do\""),
        ),
        bad(
            "doubled-key",
            accept.replace("\"seen\"", "\"seen\":{},\"seen\""),
        ),
        bad(
            "null-object",
            accept.replace("\"be.chair~", "null,\"be.chair~"),
        ),
        bad("no-deed", about("")),
        bad("opened-again", about(OPEN)),
        bad("deeds-65", about(&vec![WINDOW; 65].join(","))),
        bad("cursor", about("{\"\u{202e}\u{7}\":1}")),
        bad("deep", "[".repeat(1_000)),
        bad("number", about(NUMBERS).replace("12.5", "12.50")),
        bad("not-utf8", [b'{', 0xff]),
    ]);
    samples
}

/// Of the first object that the target has opened.
fn about(deeds: &str) -> String {
    let object = "be.chair~00000000000000000000000000000001";
    format!(r#"{{"object":"{object}","seen":{{"ma.second":0}},"deeds":[{deeds}]}}"#)
}

const OPEN: &str = r#"{"do":"open","kind":"topic","chair":"be.chair"}"#;
const WINDOW: &str = r#"{"do":"window","until":"2026-05-01"}"#;
const AGREEING: &str = r#"{"do":"accept","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997"},{"do":"reject","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997","reason":[{"lang":"en","title":"In words"}]},{"do":"withdraw","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997"},{"do":"release","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997"},{"do":"position","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997","stance":"agrees","statement":[{"lang":"en","title":"In words"}]},{"do":"translate","revision":"024d1a04a32f1ceef4680663982c3f9784698b00898d9de3e155741b358bd997","version":{"lang":"nl","title":"Version 1","body":"Text\n\nمزيد"}}"#;
const FOLLOWING: &str = r#"{"do":"report","report":{"state":"under-way","text":[{"lang":"en","title":"Report"}],"evidence":[["list.pdf","0909090909090909090909090909090909090909090909090909090909090909"]]}},{"do":"verify","verified":{"found":"fulfilled","text":[{"lang":"en","title":"In words"}]}},{"do":"move","to":"suspended"},{"do":"settle","outcome":"action","text":[{"lang":"en","title":"In words"}]},{"do":"window","until":"2026-05-01"}"#;
const NUMBERS: &str = r#"{"do":"observe","period":{"from":"2026-01-01","until":"2026-03-31","target":"10","actual":"12.5","source":"register","cells":[{"sex":"female","age":[18,25],"region":"Souss-Massa","value":"1"}]}},{"do":"judge","party":"ma.second","record":"00000000000000000000000000000012","contested":false,"text":[{"lang":"en","title":"In words"}]}"#;
const ASSESSING: &str = r#"{"do":"seal","round":1,"digest":"db352259350cd9513cb2bc9e84e4f3607fdcbd5001f2f87d99340b16d75f16ce"},{"do":"reveal","round":1,"assessment":{"likelihood":"remote","impact":"high","trend":"falling","reasons":[{"lang":"en","title":"Reasons"}]},"salt":"0000000000000000000000000000000000000000000000000000000000000000"}"#;
const WRITING: &str = r#"{"do":"write","place":"m","lang":"nl","text":"Text\n\nمزيد"},{"do":"comment","version":{"lang":"nl","title":"Version 1","body":"Text\n\nمزيد"}},{"do":"delegates","functions":["Director"]},{"do":"answer","answer":{"organisation":"A","lang":"nl","text":"Ja"}},{"do":"review","review":{"grade":4,"text":[{"lang":"en","title":"Good"}]}}"#;
const ITEM: &str = r#"{"do":"describe","facts":{"of":"item","texts":[{"lang":"en","title":"Formation"}],"sector":"labour","strand":"expertise","minutes":20}}"#;
const PROGRAMME: &str = r#"{"do":"describe","facts":{"of":"programme","identifier":"XM-DAC-2-10-1","texts":[{"lang":"en","title":"Formation"}],"partners":[["Agency","implementing"]],"sector":"labour","strand":"expertise","code":"15190","objectives":[18,19],"countries":[["MA",60],["BE",40]],"from":"2026-04-01","until":"2026-06-30","budget":["4580000.5","eur"],"public":true}}"#;
const MEETING: &str = r#"{"do":"offer","revision":{"texts":[{"lang":"en","title":"Text"}],"terms":{"of":"meeting","kind":"plenary","start":"2026-04-20T00:00:00.000Z","end":"2026-04-20T02:00:00.000Z","zones":["Africa/Casablanca","Europe/Brussels"],"place":"Rabat","agenda":[]}}}"#;
const COMMITMENT: &str = r#"{"do":"offer","revision":{"texts":[{"lang":"en","title":"Text"}],"terms":{"of":"commitment","responsible":"ma.second","function":"Director of training","sector":"labour","strand":"expertise","objective":18,"due":"2026-04-01","public":false}}}"#;
const COMMUNIQUE: &str = r#"{"do":"offer","revision":{"texts":[{"lang":"en","title":"Text"}],"terms":{"of":"communique","embargo":"1970-01-01T00:00:00.000Z"}}}"#;
const INDICATOR: &str = r#"{"do":"offer","revision":{"texts":[{"lang":"en","title":"Text"}],"terms":{"of":"indicator","code":"trained","unit":"persons","measure":"unit","ascending":true,"aggregation":"sum","baseline":[2025,"0"],"target":"120"}}}"#;
