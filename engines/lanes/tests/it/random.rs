//! Random points, scalars and bytes.

use curve25519_dalek::{RistrettoPoint, Scalar};

use crate::{bytes, decoded, eight, encoding, lanes, point, scalar};

/// Batches of the ordinary test: 24,000 points.
const BATCHES: u64 = 3000;

#[test]
fn random_points_times_random_scalars() {
    if let Some(lanes) = lanes("random_points_times_random_scalars") {
        (0..BATCHES).for_each(|batch| products(lanes, batch));
    }
}

/// A million points.
#[test]
#[ignore = "minutes of computing; run before a change of the kernel is merged"]
fn a_million_points_times_scalars() {
    if let Some(lanes) = lanes("a_million_points_times_scalars") {
        (BATCHES..125_000).for_each(|batch| products(lanes, batch));
    }
}

/// Map, decoding, both multiplications and encoding of eight random points.
fn products(lanes: passerelle_lanes::Lanes, batch: u64) {
    let number = |lane: usize| 8 * batch + lane as u64;
    let uniform = eight(|lane| bytes("point", number(lane)));
    let points = eight(|lane| RistrettoPoint::from_uniform_bytes(&uniform[lane]));
    let mapped = lanes.from_uniform(&uniform);
    let encodings = points.map(|point| encoding(&point));
    assert_eq!(lanes.encode(&mapped), encodings, "map of batch {batch}");
    let (read, valid) = lanes.decode(&encodings);
    assert_eq!(valid, [true; 8], "decoding of batch {batch}");
    let one = scalar("one", batch);
    let same = lanes.encode(&lanes.multiply(&read, one.as_bytes()));
    let expected = points.map(|point| encoding(&(one * point)));
    assert_eq!(same, expected, "one scalar, batch {batch}");
    let scalars = eight(|lane| scalar("each", number(lane)));
    let each = lanes.multiply_each(&mapped, &scalars.map(|scalar| scalar.to_bytes()));
    let expected = eight(|lane| encoding(&(scalars[lane] * points[lane])));
    assert_eq!(
        lanes.encode(&each),
        expected,
        "a scalar each, batch {batch}"
    );
}

/// Bytes of chance with the marks of an encoding: about one in eight is one.
#[test]
fn random_bytes_are_read_as_dalek_reads_them() {
    let Some(lanes) = lanes("random_bytes_are_read_as_dalek_reads_them") else {
        return;
    };
    let mut read = 0;
    for batch in 0..BATCHES {
        let found = eight(|lane| {
            let mut found: [u8; 32] = *bytes("bytes", 8 * batch + lane as u64)
                .first_chunk()
                .unwrap();
            if batch % 4 != 0 {
                found[0] &= 0xfe;
                found[31] &= 0x7f;
            }
            found
        });
        let expected = found.map(decoded);
        let (points, valid) = lanes.decode(&found);
        assert_eq!(
            valid,
            expected.map(|point| point.is_some()),
            "batch {batch}"
        );
        for (lane, encoded) in lanes.encode(&points).into_iter().enumerate() {
            if valid[lane] {
                assert_eq!(encoded, found[lane]);
                read += 1;
            }
        }
    }
    assert!(
        read > BATCHES,
        "{read} encodings among {} tries",
        8 * BATCHES
    );
}

/// Fewer vectors than share their doublings, as many, and more.
#[test]
fn weighted_sums() {
    let Some(lanes) = lanes("weighted_sums") else {
        return;
    };
    for vectors in [0, 1, 2, 63, 64, 65, 130] {
        let number = |vector: u64, lane: usize| 8 * vector + lane as u64;
        let mut expected = RistrettoPoint::default();
        let mut points = Vec::new();
        let mut weights = Vec::new();
        for vector in 0..vectors {
            let some = eight(|lane| point("summand", number(vector, lane)));
            let by = eight(|lane| match (vector + lane as u64) % 11 {
                0 => Scalar::ZERO,
                1 => Scalar::ONE,
                2 => -Scalar::ONE,
                _ => scalar("weight", number(vector, lane)),
            });
            expected += some
                .iter()
                .zip(by)
                .map(|(point, by)| by * point)
                .sum::<RistrettoPoint>();
            points.push(lanes.decode(&some.map(|point| encoding(&point))).0);
            weights.push(by.map(|by| by.to_bytes()));
        }
        assert_eq!(
            lanes.sum(&points, &weights),
            encoding(&expected),
            "{vectors} vectors"
        );
    }
}
