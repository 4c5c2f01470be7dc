//! Languages and texts in several of them.

use std::collections::BTreeMap;

use crate::macros::words;
use crate::{Error, Name};

words! {
    /// A language of the interface (BCP 47 primary subtag).
    Lang {
        /// French.
        Fr = "fr",
        /// Dutch.
        Nl = "nl",
        /// Arabic, Moroccan administrative usage.
        Ar = "ar",
        /// English.
        En = "en",
    }
}

/// A name in one or more languages; never empty.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Names(BTreeMap<Lang, Name>);

impl Names {
    /// From at least one name.
    pub fn new(names: BTreeMap<Lang, Name>) -> Result<Self, Error> {
        if names.is_empty() {
            return Err(Error::text(
                "name",
                "is missing: give at least one language",
            ));
        }
        Ok(Self(names))
    }

    /// The name in `lang`, else in the first language that has one.
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.0
            .get(&lang)
            .or_else(|| self.0.values().next())
            .map_or("", Name::as_str)
    }

    /// All names, by language.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &Name)> {
        self.0.iter().map(|(lang, name)| (*lang, name))
    }
}

impl<'de> serde::Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let names = BTreeMap::<Lang, Name>::deserialize(d)?;
        Self::new(names).map_err(serde::de::Error::custom)
    }
}

impl<C> minicbor::Encode<C> for Names {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort_by_key(|(lang, _)| lang.as_str());
        e.map(sorted.len() as u64)?;
        for (lang, name) in sorted {
            e.encode_with(lang, ctx)?.encode_with(name, ctx)?;
        }
        Ok(())
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Names {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        let names = BTreeMap::<Lang, Name>::decode(d, ctx)?;
        Self::new(names).map_err(minicbor::decode::Error::message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{from_canonical, to_canonical};

    #[test]
    fn falls_back_and_keeps_order() {
        let json = r#"{"ar":"وزارة الداخلية","fr":"Ministère de l'Intérieur"}"#;
        let names: Names = serde_json::from_str(json).unwrap();
        assert_eq!(names.in_lang(Lang::Ar), "وزارة الداخلية");
        assert_eq!(names.in_lang(Lang::Nl), "Ministère de l'Intérieur");
        let bytes = to_canonical(&names);
        assert_eq!(from_canonical::<Names>(&bytes, 1000).unwrap(), names);
        assert!(serde_json::from_str::<Names>("{}").is_err());
        assert!(serde_json::from_str::<Names>(r#"{"xx":"a"}"#).is_err());
    }
}
