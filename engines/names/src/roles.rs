//! Roles of words: article, particle, honorific, or a name.

use crate::letters::arabic::*;

/// What a word is besides a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A name, or a part of one.
    Name,
    /// The article; written with the word after it.
    Article,
    /// ben, abou, van …; written with the word after it.
    Prefix(Kind),
    /// ʿAbd: nothing without the word after it.
    Servant,
    /// al-Din, Allah: nothing without the word before it.
    Suffix,
    /// A title or form of address.
    Honorific,
    /// One letter.
    Initial,
}

/// The kinds of word beginnings that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// al, el, ال.
    Article = 0,
    /// ben, bin, ibn, bint.
    Son = 1,
    /// abou, bou, oum.
    Father = 2,
    /// aït, ould, van, de …
    Other = 3,
}

/// How many kinds there are.
pub(crate) const KINDS: usize = 4;

/// The role of a word in Latin letters.
pub(crate) fn latin(word: &[u8]) -> Word {
    match word {
        b"al" | b"el" | b"ul" | b"il" | b"a1" | b"e1" | b"ai1" | b"as" | b"ash" | b"ar" | b"an"
        | b"ad" | b"at" | b"az" | b"es" | b"esh" | b"er" | b"en" | b"ed" | b"et" | b"ez"
        | b"ech" | b"ach" | b"ur" | b"us" | b"ud" | b"l" | b"ou1" => {
            if word == b"l" {
                Word::Initial
            } else {
                Word::Article
            }
        }
        b"ben" | b"bin" | b"ibn" | b"bnou" | b"bnu" | b"ibnou" | b"bent" | b"bint" | b"bn" => {
            Word::Prefix(Kind::Son)
        }
        b"abu" | b"abou" | b"abo" | b"bou" | b"bu" | b"oum" | b"umm" | b"um" | b"om" | b"omm"
        | b"aboe" | b"boe" | b"aboul" | b"abul" => Word::Prefix(Kind::Father),
        b"ait" | b"ayt" | b"ould" | b"oulad" | b"oueld" | b"walad" | b"wuld" | b"van" | b"von"
        | b"der" | b"den" | b"de" | b"del" | b"della" | b"di" | b"da" | b"do" | b"dos" | b"das"
        | b"du" | b"des" | b"la" | b"le" | b"les" | b"los" | b"las" | b"ter" | b"ten" | b"zu"
        | b"zum" | b"zur" | b"vander" | b"vanden" | b"dem" | b"at1" => Word::Prefix(Kind::Other),
        b"abd" | b"abdel" | b"abdul" | b"abdal" | b"abdoul" | b"abdol" | b"abdool" | b"abdil"
        | b"abder" | b"abdur" | b"abdes" | b"abdus" | b"abdou1" | b"abde" | b"abde1" | b"abdu1"
        | b"abed" | b"abdoel" | b"abdelal" => Word::Servant,
        b"din" | b"dine" | b"eddine" | b"eddin" | b"uddin" | b"addin" | b"aldin" | b"eldin"
        | b"eldine" | b"aldeen" | b"deen" | b"ouddine" | b"uddeen" | b"eddyn" | b"oddin"
        | b"edine" | b"edin" | b"allah" | b"ullah" | b"ollah" | b"oullah" | b"lah" | b"ellah"
        | b"illah" => Word::Suffix,
        b"mr" | b"mrs" | b"ms" | b"mme" | b"mlle" | b"mevr" | b"mevrouw" | b"dhr" | b"heer"
        | b"herr" | b"frau" | b"mw" | b"dr" | b"prof" | b"pr" | b"professor" | b"professeur"
        | b"docteur" | b"doctor" | b"monsieur" | b"madame" | b"ing" | b"eng" | b"ir" | b"drs"
        | b"me" | b"maitre" | b"sr" | b"sra" | b"srta" | b"senor" | b"senora" | b"don"
        | b"dona" | b"sir" | b"lady" | b"lord" | b"gen" | b"general" | b"col" | b"colonel"
        | b"capt" | b"captain" | b"lt" | b"sgt" | b"maj" | b"hadj" | b"hajj" | b"haj"
        | b"hadji" | b"haji" | b"hajji" | b"hajjah" | b"hajja" | b"hadja" | b"el1" | b"alhaj"
        | b"alhaji" | b"alhajj" | b"elhadj" | b"elhadji" | b"elhaj" | b"cheikh" | b"sheikh"
        | b"shaikh" | b"shaykh" | b"sheik" | b"cheick" | b"chikh" | b"sjeik" | b"scheich"
        | b"jeque" | b"moulay" | b"mulay" | b"moulai" | b"mawlay" | b"moelay" | b"sidi" | b"si"
        | b"lalla" | b"sayyid" | b"sayyed" | b"syed" | b"sayid" | b"imam" | b"mullah"
        | b"mulla" | b"molla" | b"mawlawi" | b"maulavi" | b"maulana" | b"mawlana" | b"qari"
        | b"ustad" | b"ustadh" | b"hafiz" | b"emir" | b"prince" | b"princess" | b"king"
        | b"caid" | b"pacha" | b"bey" => Word::Honorific,
        [b'a'..=b'z'] => Word::Initial,
        _ => Word::Name,
    }
}

/// The role of a word in Arabic letters.
pub(crate) fn arabic(word: &[u8]) -> Word {
    match word {
        [ALEF, LAM] | [ALEF_MADDA, LAM] => Word::Article,
        [BEH, NOON]
        | [ALEF | ALEF_BELOW, BEH, NOON]
        | [BEH, NOON, TEH]
        | [ALEF, BEH, NOON, HEH | MARBUTA] => Word::Prefix(Kind::Son),
        [ALEF | ALEF_HAMZA, BEH, WAW | YEH | MAKSURA | ALEF]
        | [BEH, WAW]
        | [ALEF | ALEF_HAMZA, MEEM] => Word::Prefix(Kind::Father),
        [ALEF_MADDA | ALEF, YEH, TEH]
        | [WAW, LAM, DAL]
        | [ALEF | ALEF_HAMZA, WAW, LAM, ALEF, DAL]
        | [FEH, ALEF, NOON]
        | [DAL, YEH]
        | [FEH, WAW, NOON] => Word::Prefix(Kind::Other),
        [AIN, BEH, DAL] => Word::Servant,
        [ALEF, LAM, DAL, YEH, NOON]
        | [ALEF, LAM, LAM, HEH]
        | [DAL, YEH, NOON]
        | [LAM, LAM, HEH] => Word::Suffix,
        [ALEF, LAM, HAH, ALEF, JEEM]
        | [HAH, ALEF, JEEM]
        | [HAH, ALEF, JEEM, YEH]
        | [ALEF, LAM, SHEEN, YEH, KHAH]
        | [SHEEN, YEH, KHAH]
        | [MEEM, WAW, LAM, ALEF, YEH | MAKSURA]
        | [SEEN, YEH, DAL, YEH | MAKSURA]
        | [SEEN, YEH]
        | [LAM, LAM, ALEF]
        | [LAM, ALEF, LAM, HEH | MARBUTA | ALEF]
        | [DAL, KAF, TEH, WAW, REH]
        | [ALEF, LAM, DAL, KAF, TEH, WAW, REH]
        | [DAL, KAF, TEH, WAW, REH, HEH | MARBUTA]
        | [ALEF, LAM, ALEF | ALEF_HAMZA, SEEN, TEH, ALEF, THAL]
        | [ALEF | ALEF_HAMZA, SEEN, TEH, ALEF, THAL]
        | [ALEF, LAM, SEEN, YEH, DAL]
        | [ALEF, LAM, SEEN, YEH, DAL, HEH | MARBUTA]
        | [ALEF, LAM, MEEM, HEH, NOON, DAL, SEEN]
        | [ALEF, LAM, ALEF | ALEF_HAMZA, MEEM, YEH, REH]
        | [ALEF, LAM, MEEM, LAM, ALEF]
        | [MEEM, LAM, ALEF] => Word::Honorific,
        [_] => Word::Initial,
        _ => Word::Name,
    }
}

/// How many letters at the beginning of a written-together word may be the article.
pub(crate) fn glued_article_latin(word: &[u8]) -> Option<usize> {
    match word {
        [b'a' | b'e', b'l', _, _, _, ..] => Some(2),
        // Lahoucine, Larbi; but not Leila.
        [b'l', b'a', x, _, _, ..] if !b"aeiouy".contains(x) => Some(2),
        [b'a' | b'e', x, y, _, _, ..] if x == y && b"sdtnrz".contains(x) => Some(1),
        [b'a' | b'e', b'c', b'h', b'c', b'h', ..] | [b'a' | b'e', b's', b'h', b's', b'h', ..] => {
            Some(1)
        }
        _ => None,
    }
}

/// Whether a word in Arabic letters begins with the article.
pub(crate) fn glued_article_arabic(word: &[u8]) -> bool {
    matches!(word, [ALEF, LAM, _, _, ..])
}
