package org.rankgrid.allocators.ranks;

import java.util.List;
import java.util.SequencedMap;

/** A value of a JSON file with the place where it stands. */
sealed interface JsonValue {

    /** Where a value begins: file, line and column, and its first character as a message can bear it. */
    record Place(String text, String found) {}

    /** Where it begins. */
    Place place();

    /** A text in double quotes. */
    record Text(Place place, String text) implements JsonValue {}

    /** A number or a word, as it was written; not checked further. */
    record Scalar(Place place, String text) implements JsonValue {}

    /** An array. */
    record Items(Place place, List<JsonValue> values) implements JsonValue {}

    /** An object: its members in the order of the file. */
    record Members(Place place, SequencedMap<String, Member> members) implements JsonValue {}

    /** A member: where its key stands, and its value. */
    record Member(Place place, JsonValue value) {}
}
