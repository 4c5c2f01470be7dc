//! Refusals of the carrier itself, told apart from the handler's answers by a header field.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::Error;
use crate::body::Pieces;

/// Carries the refusal's code. Handlers set no header fields, so it is always the carrier's.
static FIELD: HeaderName = HeaderName::from_static("passerelle-refusal");

/// Each refusal with its HTTP status. The texts of errors stay here: only the code travels.
const REFUSALS: [(Error, StatusCode); 6] = [
    (Error::KeyRefused, StatusCode::FORBIDDEN),
    (Error::Request, StatusCode::BAD_REQUEST),
    (Error::TooLarge, StatusCode::PAYLOAD_TOO_LARGE),
    (
        Error::Timeout("the partner waited too long for the request"),
        StatusCode::REQUEST_TIMEOUT,
    ),
    (Error::Busy, StatusCode::SERVICE_UNAVAILABLE),
    (Error::Failed, StatusCode::INTERNAL_SERVER_ERROR),
];

/// The answer that tells a caller `why`, without a body.
pub(crate) fn answer(why: &Error) -> http::Response<Pieces> {
    let known = REFUSALS
        .iter()
        .find(|(error, _)| error.code() == why.code());
    let (code, status) = known.map_or(
        (Error::Request.code(), StatusCode::BAD_REQUEST),
        |(error, status)| (error.code(), *status),
    );
    let mut response = http::Response::new(Pieces::new(Bytes::new()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(FIELD.clone(), HeaderValue::from_static(code));
    response
}

/// Fails when `response` is a refusal of the partner's carrier, with what it says.
pub(crate) fn check<B>(response: &http::Response<B>) -> Result<(), Error> {
    let Some(field) = response.headers().get(&FIELD) else {
        return Ok(());
    };
    let known = REFUSALS
        .into_iter()
        .find(|(error, _)| field == error.code());
    Err(known.map_or(Error::Cut, |(error, _)| error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_arrives_as_it_was_sent() {
        for (error, status) in REFUSALS {
            let sent = answer(&error);
            assert_eq!(sent.status(), status);
            assert_eq!(check(&sent), Err(error));
        }
        assert_eq!(check(&http::Response::new(())), Ok(()));
    }

    #[test]
    fn other_errors_travel_as_a_malformed_call_and_unknown_codes_as_a_cut() {
        assert_eq!(
            check(&answer(&Error::Unreachable("secret".into()))),
            Err(Error::Request)
        );
        let strange = http::Response::builder()
            .header(&FIELD, "E_NEW")
            .body(())
            .unwrap();
        assert_eq!(check(&strange), Err(Error::Cut));
    }
}
