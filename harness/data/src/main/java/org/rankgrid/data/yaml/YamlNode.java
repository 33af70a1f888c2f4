package org.rankgrid.data.yaml;

/** A piece of a YAML text: a mapping, a sequence or a scalar. Aliases and merge keys are resolved. */
public sealed interface YamlNode permits YamlMapping, YamlSequence, YamlScalar {

    /** Where the node begins; for one that came through an alias, where its anchor stands. */
    YamlPosition position();

    /** What the node is, as the object of a sentence: {@code the text 'abc'}, {@code 3.7}, {@code a list}. */
    String describe();

    /** A problem that stands where this node does. */
    default YamlProblem problem(String sentence) {
        return new YamlProblem(position(), sentence);
    }
}
