//! Values at which carries, selections and square roots turn.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::traits::Identity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};

use crate::{bytes, decoded, eight, encoding, lanes, point};

fn hex(text: &str) -> [u8; 32] {
    let digit = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
    std::array::from_fn(digit)
}

/// RFC 9496, appendix A.2, and neighbours of p and 2^255; then valid ones.
fn encodings() -> Vec<[u8; 32]> {
    let texts = [
        "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
        "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
        "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
        "47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
        "f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
        "87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
        "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
        "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
        "de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b",
        "bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
        "2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08",
        "f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22",
        "8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731",
        "2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b",
        "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
        "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
        "d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
        "8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32",
        "32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b",
        "227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165",
        "5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e",
        "445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b",
        // The identity, the generator, its double.
        "0000000000000000000000000000000000000000000000000000000000000000",
        "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
        "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    ];
    texts.into_iter().map(hex).collect()
}

/// Each odd encoding in each lane, beside valid ones and beside each other.
#[test]
fn odd_encodings_in_every_lane() {
    let Some(lanes) = lanes("odd_encodings_in_every_lane") else {
        return;
    };
    let odd = encodings();
    let mut refused = 0;
    for (n, one) in odd.iter().enumerate() {
        for place in 0..8 {
            let alone = eight(|lane| match lane == place {
                true => *one,
                false => encoding(&point("beside", (8 * n + lane) as u64)),
            });
            let together = eight(|lane| odd[(n + lane * (place + 1)) % odd.len()]);
            for batch in [alone, together] {
                let (points, valid) = lanes.decode(&batch);
                let encoded = lanes.encode(&points);
                for lane in 0..8 {
                    assert_eq!(valid[lane], decoded(batch[lane]).is_some(), "{batch:02x?}");
                    assert!(!valid[lane] || encoded[lane] == batch[lane]);
                    refused += usize::from(!valid[lane]);
                }
            }
        }
    }
    assert!(refused > 8 * 29);
}

/// 0, 1, 2, 8, the order less 1 and 2, powers of two and their neighbours, halves, digits at
/// the border of a window.
fn scalars() -> Vec<Scalar> {
    let one = Scalar::ONE;
    let power = |bit: usize| {
        let mut bytes = [0; 32];
        bytes[bit / 8] = 1 << (bit % 8);
        Scalar::from_bytes_mod_order(bytes)
    };
    let mut all = vec![Scalar::ZERO, one, one + one, -one, -(one + one)];
    all.extend([one.div_by_2(), (-one).div_by_2()]);
    for bit in [3, 4, 7, 8, 51, 63, 64, 127, 128, 204, 251, 252] {
        all.extend([power(bit), power(bit) - one, power(bit) + one, -power(bit)]);
    }
    for byte in [0x77, 0x78, 0x87, 0x88, 0x0f, 0xf0, 0x80, 0xff] {
        all.push(Scalar::from_bytes_mod_order([byte; 32]));
        let mut small = [byte; 32];
        small[31] &= 0x0f;
        all.push(Scalar::from_bytes_mod_order(small));
    }
    all
}

#[test]
fn edge_scalars_times_edge_points() {
    let Some(lanes) = lanes("edge_scalars_times_edge_points") else {
        return;
    };
    let identity = RistrettoPoint::identity();
    let generator = RISTRETTO_BASEPOINT_POINT;
    let some = point("edge", 0);
    let points = [
        identity,
        generator,
        some,
        -some,
        some + some,
        -generator,
        identity,
        some,
    ];
    let (read, valid) = lanes.decode(&points.map(|point| encoding(&point)));
    assert_eq!(valid, [true; 8]);
    let all = scalars();
    for (n, one) in all.iter().enumerate() {
        let found = lanes.encode(&lanes.multiply(&read, one.as_bytes()));
        assert_eq!(
            found,
            points.map(|point| encoding(&(one * point))),
            "{one:?}"
        );
        let each = eight(|lane| all[(n + lane) % all.len()]);
        let product = lanes.multiply_each(&read, &each.map(|scalar| scalar.to_bytes()));
        let expected = eight(|lane| encoding(&(each[lane] * points[lane])));
        assert_eq!(lanes.encode(&product), expected, "{each:?}");
    }
}

/// A multiple of a multiple: the inputs are results, with every form their limbs can have.
#[test]
fn results_are_inputs_again() {
    let Some(lanes) = lanes("results_are_inputs_again") else {
        return;
    };
    let mut points = lanes.from_uniform(&eight(|lane| bytes("again", lane as u64)));
    let mut expected = eight(|lane| point("again", lane as u64));
    for round in 0..200_u64 {
        let by = crate::scalar("round", round);
        points = lanes.multiply(&points, by.as_bytes());
        expected = expected.map(|point| by * point);
        assert_eq!(
            lanes.encode(&points),
            expected.map(|point| encoding(&point))
        );
    }
}

/// The map of bytes that are 0, 1, p − 1, p, p + 1, all ones, with and without the highest bit.
#[test]
fn the_map_of_edge_bytes() {
    let Some(lanes) = lanes("the_map_of_edge_bytes") else {
        return;
    };
    let ends = ["00", "ff"].map(|end| end.repeat(31));
    let mut halves: Vec<[u8; 32]> = vec![[0; 32], [0xff; 32], [0x80; 32], [0x7f; 32]];
    for first in ["01", "02", "ec", "ed", "ee", "12", "13"] {
        for end in &ends {
            let mut bytes = hex(&format!("{first}{end}"));
            halves.push(bytes);
            bytes[31] &= 0x7f;
            halves.push(bytes);
        }
    }
    // √(i) and its like, where a denominator may vanish: r = −d and r = −1/d have no root here,
    // r = −1 has.
    halves.push(hex(
        "b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b",
    ));
    for n in 0..halves.len() {
        for step in [0, 1, 3, 7] {
            let uniform = eight(|lane| {
                let first = halves[(n + lane) % halves.len()];
                let second = halves[(n + step * lane) % halves.len()];
                *[first, second].concat().first_chunk::<64>().unwrap()
            });
            let expected =
                uniform.map(|bytes| encoding(&RistrettoPoint::from_uniform_bytes(&bytes)));
            assert_eq!(lanes.encode(&lanes.from_uniform(&uniform)), expected);
        }
    }
}
