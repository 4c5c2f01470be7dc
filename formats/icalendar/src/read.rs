//! Files as events: the walk through components.

use crate::content::Draft;
use crate::line::{self, Property};
use crate::write::fits;
use crate::{Calendar, Error, MAX_DEPTH, MAX_EVENTS, MAX_IGNORED, Method, ReadError};

/// Reads a file with one `VCALENDAR`. Times are taken by the tables of this program, whatever the
/// `VTIMEZONE` of the file says: its name must be one of the IANA database, or one that Windows
/// uses in our part of the world. What is not known is passed over and named in
/// [`Calendar::ignored`].
///
/// # Errors
/// A [`ReadError`] with the line and one of the codes of [`Error`].
pub fn read(file: &[u8]) -> Result<Calendar, ReadError> {
    let mut walk = Walk::default();
    let mut last = 1;
    for property in line::read(file)? {
        last = property.line;
        walk.step(&property).map_err(|error| error.at(last))?;
    }
    walk.finish().map_err(|error| error.at(last))
}

#[derive(Default)]
struct Walk {
    /// Names of the components that are open.
    open: Vec<String>,
    /// Whether the one `VCALENDAR` was closed.
    closed: bool,
    version: bool,
    method: Option<Method>,
    draft: Option<Draft>,
    calendar: Calendar,
}

impl Walk {
    fn step(&mut self, property: &Property) -> Result<(), Error> {
        match property.name.as_str() {
            "BEGIN" => self.begin(property.value.to_ascii_uppercase()),
            "END" => self.end(&property.value),
            name => match (self.open.len(), &mut self.draft) {
                (0, _) => Err(Error::Structure),
                (1, _) => self.head(name, property),
                (2, Some(draft)) => {
                    if !draft.set(property)? {
                        self.ignore(name);
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
        }
    }

    fn begin(&mut self, name: String) -> Result<(), Error> {
        let depth = self.open.len();
        if self.closed || (depth == 0) != (name == "VCALENDAR") {
            return Err(Error::Structure);
        }
        if depth >= MAX_DEPTH {
            return Err(Error::Limit("MAX_DEPTH"));
        }
        match (depth, name.as_str()) {
            (0, _) | (1, "VTIMEZONE") => {}
            (1, "VEVENT") if self.calendar.events.len() < MAX_EVENTS => {
                self.draft = Some(Draft::default());
            }
            (1, "VEVENT") => return Err(Error::Limit("MAX_EVENTS")),
            _ if self.open.get(1).is_some_and(|outer| outer == "VTIMEZONE") => {}
            _ => self.ignore(&name),
        }
        self.open.push(name);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Error> {
        let open = self.open.pop().ok_or(Error::Structure)?;
        if !open.eq_ignore_ascii_case(name) {
            return Err(Error::Structure);
        }
        self.closed = self.open.is_empty();
        if self.open.len() == 1
            && let Some(draft) = self.draft.take()
        {
            self.calendar.events.push(draft.finish()?);
        }
        Ok(())
    }

    fn head(&mut self, name: &str, property: &Property) -> Result<(), Error> {
        match name {
            "VERSION" if property.value == "2.0" => self.version = true,
            "VERSION" => return Err(Error::Structure),
            "CALSCALE" if !property.value.eq_ignore_ascii_case("GREGORIAN") => {
                return Err(Error::Value("CALSCALE"));
            }
            "METHOD" if self.method.is_some() => return Err(Error::Twice("METHOD")),
            "METHOD" => {
                let method = Method::read(&property.value);
                self.method = Some(method.ok_or(Error::Value("METHOD"))?);
            }
            "CALSCALE" | "PRODID" => {}
            other => self.ignore(other),
        }
        Ok(())
    }

    fn ignore(&mut self, name: &str) {
        let ignored = &mut self.calendar.ignored;
        if ignored.len() < MAX_IGNORED && !ignored.iter().any(|known| known == name) {
            // A name of any length fits in a line; a few characters say enough.
            ignored.push(name.chars().take(64).filter(|c| !c.is_control()).collect());
        }
    }

    fn finish(mut self) -> Result<Calendar, Error> {
        if !self.closed {
            return Err(Error::Structure);
        }
        if !self.version {
            return Err(Error::Missing("VERSION"));
        }
        self.calendar.method = self.method;
        for event in &self.calendar.events {
            fits(self.method, event)?;
        }
        Ok(self.calendar)
    }
}
