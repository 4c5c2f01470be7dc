//! Reads the expressions of the rules.

use std::iter::Peekable;

use super::path::{Expr, Order, Start, Step};
use crate::Decimal;

impl Expr {
    /// Reads an expression; none if it is not of our part of XPath.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut tokens = tokens(text)?.into_iter().peekable();
        let expr = disjunction(&mut tokens)?;
        tokens.next().is_none().then_some(expr)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Quoted(String),
    Number(Decimal),
    Sign(&'static str),
}

/// Longer signs before those they begin with.
const SIGNS: &[&str] = &[
    "//", "..", "!=", "<=", ">=", "/", "@", "[", "]", "(", ")", "=", "<", ">", "+",
];

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first == '\'' {
            let (quoted, after) = rest.strip_prefix('\'')?.split_once('\'')?;
            (Token::Quoted(quoted.to_owned()), after)
        } else if first.is_ascii_digit() {
            let (digits, after) = taken(rest, |c| c.is_ascii_digit() || c == '.');
            (Token::Number(digits.parse().ok()?), after)
        } else if first.is_ascii_alphabetic() {
            let (name, after) = taken(rest, |c| c.is_ascii_alphanumeric() || "-:_".contains(c));
            (Token::Name(name.to_owned()), after)
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            (Token::Sign(sign), rest.strip_prefix(sign)?)
        };
        found.push(token);
        rest = after.trim_start();
    }
    Some(found)
}

fn taken(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !fits(c)).unwrap_or(text.len());
    text.split_at(end)
}

type Tokens = Peekable<std::vec::IntoIter<Token>>;

fn disjunction(tokens: &mut Tokens) -> Option<Expr> {
    let mut expr = conjunction(tokens)?;
    while tokens.next_if(|token| is_name(token, "or")).is_some() {
        expr = Expr::Or(Box::new(expr), Box::new(conjunction(tokens)?));
    }
    Some(expr)
}

fn conjunction(tokens: &mut Tokens) -> Option<Expr> {
    let mut expr = comparison(tokens)?;
    while tokens.next_if(|token| is_name(token, "and")).is_some() {
        expr = Expr::And(Box::new(expr), Box::new(comparison(tokens)?));
    }
    Some(expr)
}

fn comparison(tokens: &mut Tokens) -> Option<Expr> {
    let left = sum(tokens)?;
    let order = match tokens.peek() {
        Some(Token::Sign("=")) => Order::Equal,
        Some(Token::Sign("!=")) => Order::Other,
        Some(Token::Sign("<")) => Order::Less,
        Some(Token::Sign("<=")) => Order::LessOrEqual,
        Some(Token::Sign(">")) => Order::More,
        Some(Token::Sign(">=")) => Order::MoreOrEqual,
        _ => return Some(left),
    };
    tokens.next();
    Some(Expr::Compare(Box::new(left), order, Box::new(sum(tokens)?)))
}

fn sum(tokens: &mut Tokens) -> Option<Expr> {
    let mut expr = single(tokens)?;
    while tokens.next_if_eq(&Token::Sign("+")).is_some() {
        expr = Expr::Plus(Box::new(expr), Box::new(single(tokens)?));
    }
    Some(expr)
}

fn single(tokens: &mut Tokens) -> Option<Expr> {
    match tokens.peek()? {
        Token::Quoted(_) | Token::Number(_) => literal(tokens),
        Token::Sign("(") => {
            tokens.next();
            let inner = disjunction(tokens)?;
            tokens.next_if_eq(&Token::Sign(")"))?;
            Some(inner)
        }
        Token::Sign("/") => path(tokens, Start::Root),
        Token::Sign("//") => path(tokens, Start::Anywhere),
        _ => function_or_path(tokens),
    }
}

fn literal(tokens: &mut Tokens) -> Option<Expr> {
    match tokens.next()? {
        Token::Quoted(text) if text == "$1" => Some(Expr::Each),
        Token::Quoted(text) => Some(Expr::Text(text)),
        Token::Number(value) => Some(Expr::Value(value)),
        _ => None,
    }
}

fn function_or_path(tokens: &mut Tokens) -> Option<Expr> {
    let wrap: fn(Box<Expr>) -> Expr = match tokens.peek()? {
        Token::Name(name) if name == "count" => Expr::Count,
        Token::Name(name) if name == "not" => Expr::Not,
        Token::Name(name) if name == "number" => Expr::Number,
        _ => return path(tokens, Start::Here),
    };
    tokens.next();
    tokens.next_if_eq(&Token::Sign("("))?;
    let inner = disjunction(tokens)?;
    tokens.next_if_eq(&Token::Sign(")"))?;
    Some(wrap(Box::new(inner)))
}

fn path(tokens: &mut Tokens, start: Start) -> Option<Expr> {
    if start != Start::Here {
        tokens.next();
    }
    let mut steps = vec![step(tokens)?];
    while tokens.next_if_eq(&Token::Sign("/")).is_some() {
        steps.push(step(tokens)?);
    }
    Some(Expr::Path(start, steps))
}

fn step(tokens: &mut Tokens) -> Option<Step> {
    match tokens.next()? {
        Token::Sign("..") => Some(Step::Parent),
        Token::Sign("@") => match tokens.next()? {
            Token::Name(name) => Some(Step::Attribute(name)),
            _ => None,
        },
        Token::Name(name) if name == "text" && tokens.peek() == Some(&Token::Sign("(")) => {
            tokens.next();
            tokens.next_if_eq(&Token::Sign(")"))?;
            Some(Step::Text)
        }
        Token::Name(name) => {
            let mut predicates = Vec::new();
            while tokens.next_if_eq(&Token::Sign("[")).is_some() {
                predicates.push(disjunction(tokens)?);
                tokens.next_if_eq(&Token::Sign("]"))?;
            }
            Some(Step::Child(name, predicates))
        }
        _ => None,
    }
}

fn is_name(token: &Token, wanted: &str) -> bool {
    matches!(token, Token::Name(name) if name == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_expressions_are_not_read() {
        for text in [
            "", "a[", "count(a", "a | b", "sum(a)b", "a/", "@", "'a", "a b",
        ] {
            assert!(Expr::read(text).is_none(), "{text}");
        }
    }
}
