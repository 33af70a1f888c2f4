package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * How sequences are put together into passes through the model. Changes no bit of any answer.
 *
 * @param sequences in one pass; empty to fill a pass up to 2048 tokens
 * @param shareContexts whether what the choices of an item have in common runs once for all of them
 */
public record Batching(OptionalInt sequences, boolean shareContexts) {

    /** Full passes, every choice with a context of its own. */
    public static final Batching DEFAULT = of(OptionalInt.empty());

    /** Tokens of a pass where no batch size is asked for: enough rows to keep the kernels busy, few enough to stay small. */
    private static final int TOKENS_PER_PASS = 2048;

    /** So many sequences in a pass, every choice with a context of its own. */
    public static Batching of(OptionalInt sequences) {
        return new Batching(sequences, false);
    }

    /** Tokens that go through the model for some requests. */
    public long tokens(TokenRequests requests) {
        return bundles(requests).stream().mapToLong(Bundle::tokens).sum();
    }

    /** Divides requests into passes, long sequences first: a pass that takes too much memory does so at once. */
    List<List<Bundle>> passes(TokenRequests requests) {
        List<Bundle> bundles = bundles(requests);
        bundles.sort(Comparator.comparingInt(Bundle::tokens).reversed());
        List<List<Bundle>> passes = new ArrayList<>();
        List<Bundle> pass = new ArrayList<>();
        int size = 0;
        for (Bundle bundle : bundles) {
            int more = sequences.isPresent() ? bundle.sequences().size() : bundle.tokens();
            if (!pass.isEmpty() && size + more > sequences.orElse(TOKENS_PER_PASS)) {
                passes.add(pass);
                pass = new ArrayList<>();
                size = 0;
            }
            pass.add(bundle);
            size += more;
        }
        if (!pass.isEmpty()) {
            passes.add(pass);
        }
        return passes;
    }

    private List<Bundle> bundles(TokenRequests requests) {
        List<Bundle> bundles = new ArrayList<>();
        for (int r = 0; r < requests.requests().size(); r++) {
            TokenRequest request = requests.requests().get(r);
            bundles.addAll(shareContexts ? Bundle.sharing(r, request) : Bundle.single(r, request));
        }
        return bundles;
    }
}
