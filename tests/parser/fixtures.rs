//! The fixtures: what `NAME.sse` comes to stands in `NAME.json`, however the bytes are cut into chunks.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::oracle::{Interpretation, Oracle};
use crate::parse;

/// The longest time that a timer can wait; the fixtures have it in place of every larger one.
const LONGEST_WAIT: u32 = i32::MAX as u32;

pub struct Fixture {
    name: String,
    pub stream: Vec<u8>,
    expected: Interpretation,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The names of the files with this extension, without it.
fn names(extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder()).expect("tests/fixtures can be read");
    files
        .map(|file| file.expect("tests/fixtures can be read").path())
        .filter(|path| path.extension() == Some(OsStr::new(extension)))
        .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect()
}

pub fn fixtures() -> Vec<Fixture> {
    let names = names("sse");
    assert!(!names.is_empty(), "there are no fixtures in {}", folder().display());
    names.into_iter().map(Fixture::read).collect()
}

impl Fixture {
    fn read(name: String) -> Self {
        let stream =
            fs::read(folder().join(format!("{name}.sse"))).unwrap_or_else(|error| panic!("{name}.sse: {error}"));
        let json =
            fs::read(folder().join(format!("{name}.json"))).unwrap_or_else(|error| panic!("{name}.json: {error}"));
        let expected = serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{name}.json: {error}"));
        Self { name, stream, expected }
    }

    pub fn expect(&self, cut: &str, mut interpretation: Interpretation) {
        interpretation.reconnection_time = interpretation.reconnection_time.map(|time| time.min(LONGEST_WAIT));
        assert_eq!(interpretation, self.expected, "{}, {cut}", self.name);
    }

    fn expect_in_chunks_of(&self, size: usize) {
        self.expect(&format!("in chunks of {size}"), parse(self.stream.chunks(size), "").0);
    }
}

#[test]
fn each_fixture_is_a_pair_of_files() {
    let odd: Vec<_> = names("sse").symmetric_difference(&names("json")).cloned().collect();
    assert!(odd.is_empty(), "only one of .sse and .json: {odd:?}");
}

#[test]
fn the_oracle_agrees_with_the_fixtures() {
    for fixture in fixtures() {
        fixture.expect("by the oracle", Oracle::read(&fixture.stream, "").interpretation);
    }
}

#[test]
fn fixtures_whole() {
    for fixture in fixtures() {
        fixture.expect("whole", parse([&*fixture.stream], "").0);
    }
}

#[test]
fn fixtures_in_two_at_every_position() {
    for fixture in fixtures() {
        for position in 0..=fixture.stream.len() {
            let (start, rest) = fixture.stream.split_at(position);
            fixture.expect(&format!("in two at {position}"), parse([start, rest], "").0);
        }
    }
}

#[test]
fn fixtures_byte_by_byte() {
    for fixture in fixtures() {
        fixture.expect_in_chunks_of(1);
    }
}

#[test]
fn fixtures_in_chunks_of_3_and_7() {
    for fixture in fixtures() {
        fixture.expect_in_chunks_of(3);
        fixture.expect_in_chunks_of(7);
    }
}
