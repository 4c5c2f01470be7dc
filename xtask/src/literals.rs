//! Just enough of Rust's grammar to tell code, comments and string literals apart.

/// A source file taken apart.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The code, without comments and literals; line breaks are kept.
    pub(crate) code: String,
    /// The string literals, byte strings and raw strings, in order.
    pub(crate) literals: Vec<Literal>,
}

/// One string literal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Line of its opening quote, counted from 1.
    pub(crate) line: usize,
    /// Its content; escapes other than line continuations are reduced to the escaped character.
    pub(crate) text: String,
}

/// Takes a source file apart. Text that is not Rust gives parts of no particular meaning.
pub(crate) fn take_apart(source: &str) -> Parts {
    let mut reader = Reader {
        rest: source,
        line: 1,
        parts: Parts::default(),
    };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.parts
}

/// The part of a source file before its inline test module, which house style puts last.
pub(crate) fn without_tests(source: &str) -> &str {
    let mut offset = 0;
    let mut test_starts = None;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end();
        if text == "#[cfg(test)]" {
            test_starts = Some(offset);
        } else if let Some(start) = test_starts
            && !text.starts_with("#[")
        {
            if text.ends_with('{') && text.split(' ').any(|word| word == "mod") {
                return source.get(..start).unwrap_or(source);
            }
            test_starts = None;
        }
        offset += line.len();
    }
    source
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    parts: Parts,
}

impl Reader<'_> {
    fn step(&mut self) {
        if self.rest.starts_with("//") {
            while self.peek().is_some_and(|c| c != '\n') {
                self.take();
            }
        } else if self.rest.starts_with("/*") {
            self.block_comment();
        } else if let Some((opening, closing)) = raw_quotes(self.rest) {
            self.raw_string(opening, &closing);
        } else if self.rest.starts_with('"') || is_prefixed_string(self.rest) {
            self.string();
        } else if self.rest.starts_with('\'') || self.rest.starts_with("b'") {
            self.quote();
        } else if self.peek().is_some_and(is_word) {
            self.word();
        } else {
            self.keep();
        }
    }

    /// Comments nest.
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            if self.skip("/*") {
                depth += 1;
            } else if self.skip("*/") {
                depth = depth.saturating_sub(1);
            } else if self.take().is_none() {
                return;
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn raw_string(&mut self, opening: usize, closing: &str) {
        let line = self.line;
        for _ in 0..opening {
            self.take();
        }
        let mut text = String::new();
        while !self.skip(closing) {
            let Some(c) = self.take() else { break };
            text.push(c);
        }
        self.parts.literals.push(Literal { line, text });
    }

    fn string(&mut self) {
        let line = self.line;
        while self.take().is_some_and(|c| c != '"') {}
        let mut text = String::new();
        loop {
            match self.take() {
                None | Some('"') => break,
                Some('\\') => self.escape(&mut text),
                Some(c) => text.push(c),
            }
        }
        self.parts.literals.push(Literal { line, text });
    }

    fn escape(&mut self, text: &mut String) {
        match self.take() {
            Some('n') => text.push('\n'),
            Some('\n') => {
                while self.peek().is_some_and(char::is_whitespace) {
                    self.take();
                }
            }
            Some(c) => text.push(c),
            None => {}
        }
    }

    /// A character literal, or the tick of a lifetime.
    fn quote(&mut self) {
        self.skip("b");
        self.take();
        let mut ahead = self.rest.chars();
        if ahead.next() == Some('\\') {
            self.take();
            self.take();
            while self.take().is_some_and(|c| c != '\'') {}
        } else if ahead.next() == Some('\'') {
            self.take();
            self.take();
        }
    }

    fn word(&mut self) {
        while self.peek().is_some_and(is_word) {
            self.keep();
        }
    }

    fn keep(&mut self) {
        if let Some(c) = self.take()
            && c != '\n'
        {
            self.parts.code.push(c);
        }
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let found = self.rest.starts_with(prefix);
        if found {
            for _ in prefix.chars() {
                self.take();
            }
        }
        found
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// The next character; a line break is counted, and kept in the code whatever it is part of.
    fn take(&mut self) -> Option<char> {
        let mut ahead = self.rest.chars();
        let c = ahead.next()?;
        self.rest = ahead.as_str();
        if c == '\n' {
            self.line += 1;
            self.parts.code.push('\n');
        }
        Some(c)
    }
}

/// Length of `r#"` and its like at the start of `rest`, and the quote that ends it.
fn raw_quotes(rest: &str) -> Option<(usize, String)> {
    let prefix = ["br", "cr", "r"]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    let after = rest.strip_prefix(prefix)?;
    let quote = after.trim_start_matches('#');
    let hashes = after.len() - quote.len();
    quote.starts_with('"').then(|| {
        (
            prefix.len() + hashes + 1,
            format!("\"{}", "#".repeat(hashes)),
        )
    })
}

fn is_prefixed_string(rest: &str) -> bool {
    rest.starts_with("b\"") || rest.starts_with("c\"")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(source: &str) -> Vec<(usize, String)> {
        take_apart(source)
            .literals
            .into_iter()
            .map(|l| (l.line, l.text))
            .collect()
    }

    fn texts(source: &str) -> Vec<String> {
        literals(source).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn every_form_of_string_is_read() {
        let source = r####"("a", b"b", c"c", r"d\", r#"e"e"#, br##"f"#f"##, "g\"g", "h\\")"####;
        assert_eq!(
            texts(source),
            ["a", "b", "c", "d\\", "e\"e", "f\"#f", "g\"g", "h\\"]
        );
    }

    #[test]
    fn comments_hold_no_literals() {
        let source = "// \"a\"\n/* \"b\" /* \"c\" */ \"d\" */ \"e\" /// \"f\"\n\"g\"";
        assert_eq!(literals(source), [(2, "e".to_owned()), (3, "g".to_owned())]);
    }

    #[test]
    fn quotes_and_lifetimes_do_not_open_strings() {
        let source = r#"fn f<'a>(x: &'a str) { ['"', '\'', '\u{22}', b'"', b'\\']; "z" }"#;
        assert_eq!(texts(source), ["z"]);
    }

    #[test]
    fn words_that_end_in_r_or_b_are_not_prefixes() {
        assert_eq!(texts(r##"for"x" r#type b"y" bar"z""##), ["x", "y", "z"]);
    }

    #[test]
    fn continued_lines_are_joined_and_counted() {
        assert_eq!(texts("\"SELECT \\\n     x\""), ["SELECT x"]);
        assert_eq!(
            literals("\"a\nb\"\n\"c\"").last(),
            Some(&(3, "c".to_owned()))
        );
    }

    #[test]
    fn code_is_left_when_comments_and_literals_are_gone() {
        let parts = take_apart("let a = \"std::fs\"; // std::net\nlet b = 'x';\nuse std::env;");
        assert_eq!(parts.code, "let a = ; \nlet b = ;\nuse std::env;");
    }

    #[test]
    fn unfinished_text_ends() {
        for source in ["\"a", "r#\"a", "/* a", "'", "'\\", "b", "\"\\", "r", "// a"] {
            take_apart(source);
        }
    }

    #[test]
    fn the_test_module_is_cut_off() {
        let source = "fn a() {}\n\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n  \"x\"\n}\n";
        assert_eq!(without_tests(source), "fn a() {}\n\n");
        let kept = "#[cfg(test)]\nuse a;\n#[cfg(test)]\nmod tests;\nfn mod_like() {\n}\n";
        assert_eq!(without_tests(kept), kept);
        let cut = "fn a() {}\n#[cfg(test)]\npub(crate) mod tests {\n}";
        assert_eq!(without_tests(cut), "fn a() {}\n");
    }
}
