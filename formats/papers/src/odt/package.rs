//! The package (OpenDocument 1.3, part 2): a ZIP whose first part is its type, stored, so that
//! the first bytes of the file tell what it is.

use miniz_oxide::deflate::compress_to_vec;

use super::{Moment, tags::Tags};

/// Media type of a text document.
pub(super) const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";
const MANIFEST: &str = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
/// Level of deflate: small files, and time does not matter here.
const LEVEL: u8 = 9;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Parts in the order given, after their type and before their manifest.
pub(super) fn write(written: Moment, parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = Zip {
        stamp: stamp(written),
        ..Zip::default()
    };
    zip.add("mimetype", MEDIA_TYPE.as_bytes(), false);
    for (name, xml) in parts {
        zip.add(name, xml.as_bytes(), true);
    }
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    zip.add("META-INF/manifest.xml", manifest(&names).as_bytes(), true);
    zip.finish()
}

fn manifest(names: &[&str]) -> String {
    let mut tags = Tags::new();
    let attributes = [("xmlns:manifest", MANIFEST), ("manifest:version", "1.3")];
    tags.element("manifest:manifest", &attributes, |tags| {
        let mut entry = |path: &str, kind: &str| {
            let mut attributes = vec![("manifest:full-path", path), ("manifest:media-type", kind)];
            if path == "/" {
                attributes.push(("manifest:version", "1.3"));
            }
            tags.empty("manifest:file-entry", &attributes);
        };
        entry("/", MEDIA_TYPE);
        for name in names {
            entry(name, "text/xml");
        }
    });
    tags.finish()
}

/// Time and date as MS-DOS kept them (APPNOTE 4.4.6): two seconds, years from 1980.
fn stamp(moment: Moment) -> [u16; 2] {
    let [month, day, hour, minute, second] = [
        moment.month.clamp(1, 12),
        moment.day.clamp(1, 31),
        moment.hour.min(23),
        moment.minute.min(59),
        moment.second.min(59),
    ]
    .map(u16::from);
    let year = moment.year.clamp(1980, 2107) - 1980;
    [
        (hour << 11) | (minute << 5) | (second / 2),
        (year << 9) | (month << 5) | day,
    ]
}

#[derive(Default)]
struct Zip {
    stamp: [u16; 2],
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

impl Zip {
    fn add(&mut self, name: &str, data: &[u8], deflated: bool) {
        let packed = if deflated {
            compress_to_vec(data, LEVEL)
        } else {
            data.to_vec()
        };
        let method = if deflated { DEFLATED } else { STORED };
        let at = short(self.bytes.len());
        // Version needed, no flags, method, stamp, sum, sizes, length of the name,
        // no extra field.
        let mut shared = Vec::new();
        for field in [20, 0, method, self.stamp[0], self.stamp[1]] {
            shared.extend(field.to_le_bytes());
        }
        for field in [
            crc32fast::hash(data),
            short(packed.len()),
            short(data.len()),
        ] {
            shared.extend(field.to_le_bytes());
        }
        shared.extend([short_name(name).to_le_bytes(), [0, 0]].concat());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&shared);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&shared);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.parts += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let (at, size) = (short(self.bytes.len()), short(self.directory.len()));
        self.bytes.extend(self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes
            .extend([self.parts.to_le_bytes(), self.parts.to_le_bytes()].concat());
        self.bytes
            .extend([size.to_le_bytes(), at.to_le_bytes()].concat());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

/// Minutes are some hundred kilobytes; four gigabytes of them would not be read by anyone.
fn short(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn short_name(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}
