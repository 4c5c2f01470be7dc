//! What programs read: feeds, descriptions, programmes, the map of the site.

use std::fmt::Write as _;

use passerelle_model::Lang;

use super::items::named;
use super::{Ask, Told};
use crate::answer::Fault;

const XML: &str = "application/xml; charset=utf-8";
/// Most addresses of a map (sitemaps.org).
const MAX_ADDRESSES: usize = 50_000;

pub(super) fn feed(ask: &Ask) -> Result<Told, Fault> {
    let (node, public) = (&ask.site.desk.node, &ask.public);
    let body = node.public_feed(public, ask.p.lang, &ask.site.base)?;
    let heads = public.communiques.iter().map(|one| &one.head);
    let changed = super::face::newest(heads);
    Ok(Told::file(
        "application/atom+xml; charset=utf-8",
        body,
        changed,
    ))
}

pub(super) fn communique(ask: &Ask, id: &str) -> Result<Told, Fault> {
    let one = named(&ask.public.communiques, id, |one| &one.head)?;
    let node = &ask.site.desk.node;
    let body = node.public_communique(one, ask.p.lang, &ask.site.base)?;
    Ok(Told::file(
        "application/ld+json",
        body,
        Some(one.head.changed),
    ))
}

pub(super) fn organisation(ask: &Ask) -> Result<Told, Fault> {
    let body = ask.site.desk.node.public_organisation(&ask.site.base)?;
    Ok(Told::file("application/ld+json", body, None))
}

/// Files that have no language in their address.
pub(super) async fn root(ask: &Ask, path: &str) -> Result<Told, Fault> {
    let programmes = &ask.public.programmes;
    match path {
        "/robots.txt" => Ok(Told::file("text/plain; charset=utf-8", robots(ask), None)),
        "/sitemap.xml" => Ok(Told::file(XML, map(ask)?, Some(ask.public.changed()))),
        "/iati.xml" => iati(ask, programmes).await,
        _ => {
            let name = path
                .strip_prefix("/iati/")
                .and_then(|name| name.strip_suffix(".xml"));
            let one = named(programmes, name.ok_or_else(Fault::absent)?, |one| &one.head)?;
            iati(ask, std::slice::from_ref(one)).await
        }
    }
}

async fn iati(
    ask: &Ask,
    programmes: &[passerelle_service::PublicProgramme],
) -> Result<Told, Fault> {
    let node = &ask.site.desk.node;
    let file = node.public_iati(programmes.iter(), &ask.site.base).await?;
    let changed = super::face::newest(programmes.iter().map(|one| &one.head));
    let body = file.ok_or_else(Fault::absent)?;
    Ok(Told::file(XML, body, changed))
}

/// Nobody should find a demonstration by searching.
fn robots(ask: &Ask) -> String {
    let rule = match ask.p.demo {
        true => "Disallow: /",
        false => "Allow: /",
    };
    format!(
        "User-agent: *\n{rule}\nSitemap: {}/sitemap.xml\n",
        ask.site.base
    )
}

/// Every page in every language (sitemaps.org, 0.9).
fn map(ask: &Ask) -> Result<String, Fault> {
    let public = &ask.public;
    let rooms = [
        "",
        "communiques",
        "commitments",
        "programmes",
        "consultations",
        "about",
    ];
    let rooms = rooms.map(str::to_owned).into_iter();
    let of = |room: &str, head: &passerelle_service::PublicHead| format!("{room}/{}", head.id);
    let communiques = public
        .communiques
        .iter()
        .map(|one| of("communiques", &one.head));
    let commitments = public
        .commitments
        .iter()
        .map(|one| of("commitments", &one.head));
    let programmes = public
        .programmes
        .iter()
        .map(|one| of("programmes", &one.head));
    let asked = public
        .consultations
        .iter()
        .map(|one| of("consultations", &one.head));
    let all = rooms
        .chain(communiques)
        .chain(asked)
        .chain(commitments)
        .chain(programmes);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let base = escaped(&ask.site.base);
    for rest in all.take(MAX_ADDRESSES / Lang::ALL.len()) {
        for lang in Lang::ALL {
            let line = writeln!(
                xml,
                "<url><loc>{base}/{lang}/{}</loc></url>",
                escaped(&rest)
            );
            line.map_err(|_| Fault::absent())?;
        }
    }
    xml.push_str("</urlset>\n");
    Ok(xml)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
