package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Sequences of one request that go through the model in the same pass.
 *
 * @param request number of the request
 * @param first number of the first of the sequences within it
 * @param sequences at least one
 * @param shared how many tokens at the beginning of all of them run only once; 0 if each runs alone
 */
record Bundle(int request, int first, List<TokenSequence> sequences, int shared) {

    Bundle {
        sequences = List.copyOf(sequences);
    }

    /** Each sequence of a request for itself. */
    static List<Bundle> single(int number, TokenRequest request) {
        List<Bundle> bundles = new ArrayList<>();
        for (TokenSequence sequence : request.sequences()) {
            bundles.add(new Bundle(number, bundles.size(), List.of(sequence), 0));
        }
        return bundles;
    }

    /** The choices of an item with what they have in common run once; those of other requests each for itself. */
    static List<Bundle> sharing(int number, TokenRequest request) {
        List<TokenSequence> sequences = request.sequences();
        boolean several = request instanceof TokenRequest.Choices && sequences.size() > 1;
        int common = several ? common(sequences) : 0;
        return common == 0 ? single(number, request) : List.of(new Bundle(number, 0, sequences, common));
    }

    /** Tokens that go through the model. */
    int tokens() {
        return shared + sequences.stream().mapToInt(s -> s.rows() - shared).sum();
    }

    /** Length of the longest beginning that all sequences have, short enough that each has a row of its own behind it. */
    private static int common(List<TokenSequence> sequences) {
        int[] first = sequences.getFirst().ids();
        int common = sequences.stream().mapToInt(s -> s.rows() - 1).min().orElse(0);
        for (TokenSequence sequence : sequences) {
            int t = 0;
            while (t < common && sequence.ids()[t] == first[t]) {
                t++;
            }
            common = t;
        }
        return common;
    }
}
