package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.text.Tokenizer;

/** Turns the requests of one task into token sequences of one model, and counts what it finds. Used once. */
final class Tokenization {

    private final String task;
    private final Encoder encoder;
    private final PassageCut passageCut;
    private final int positions;
    private final int most;
    private final List<TokenRequest> made = new ArrayList<>();
    private final Map<String, Integer> itemsOfLeaf = new HashMap<>();
    private int windows;
    private int shortest = Integer.MAX_VALUE;
    private long tokens;
    private boolean bos;
    private boolean limited;
    private int truncated;
    private String firstTruncated = "";

    Tokenization(String task, Tokenizer tokenizer, int positions, OptionalInt limit) {
        this.task = task;
        this.encoder = new Encoder(task, tokenizer);
        this.passageCut = new PassageCut(encoder);
        this.positions = positions;
        this.most = limit.orElse(Integer.MAX_VALUE);
    }

    TokenRequests of(List<Request> requests) {
        for (Request request : requests) {
            switch (request) {
                case Request.Passage passage -> cut(passage);
                case Request.Excerpts excerpts -> draw(excerpts);
                case Request.Choices choices -> encode(choices);
            }
        }
        if (made.isEmpty()) {
            throw new InputException("task " + task + ": its text has " + tokens + " tokens, too few for one window of "
                    + (shortest == Integer.MAX_VALUE ? 0 : shortest)
                    + " tokens: give a longer text or a smaller window");
        }
        return new TokenRequests(
                made, new StreamFacts(tokens, bos ? "tokenizer" : "none", limited, truncated), truncation());
    }

    private Optional<String> truncation() {
        return switch (truncated) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(firstTruncated);
            default -> Optional.of(firstTruncated + "; contexts cut in all: " + truncated);
        };
    }

    private void cut(Request.Passage passage) {
        if (windows >= most) {
            limited = true;
            return;
        }
        int window = passage.window() == 0 ? positions : passage.window();
        int[] stream = passageCut.stream(passage);
        tokens += stream.length;
        shortest = Math.min(shortest, window);
        bos |= encoder.puts(passage.bos());
        int count = Math.min(PassageCut.count(passage.cut(), stream.length, window), passage.most());
        for (int w = 0; w < count; w++) {
            if (windows >= most) {
                limited = true;
                return;
            }
            List<TokenSequence> sequences = passageCut.window(passage.cut(), stream, window, w);
            if (!sequences.isEmpty()) {
                requireThatItFits(passage.cut(), sequences);
                made.add(new TokenRequest.Window(windows, sequences));
            }
            windows++;
        }
    }

    private void draw(Request.Excerpts excerpts) {
        shortest = Math.min(shortest, excerpts.window());
        bos |= encoder.puts(excerpts.bos());
        ExcerptDraw draw = new ExcerptDraw(task, excerpts, encoder);
        for (int drawn = 0; drawn < excerpts.count(); drawn++) {
            if (windows >= most) {
                limited = true;
                return;
            }
            List<TokenSequence> sequences = List.of(TokenSequence.window(draw.next()));
            requireThatItFits(Request.Cut.CONCAT, sequences);
            tokens += excerpts.window();
            made.add(new TokenRequest.Window(windows, sequences));
            windows++;
        }
    }

    /** A rolled window has a token before the predicted ones; nothing is predicted from its last. */
    private void requireThatItFits(Request.Cut cut, List<TokenSequence> sequences) {
        for (TokenSequence sequence : sequences) {
            int length = cut == Request.Cut.ROLLING ? sequence.rows() : sequence.ids().length;
            if (length > positions) {
                throw new InputException("task " + task + ": a window of " + length + " tokens is longer than the "
                        + positions + " positions of the model: choose a smaller window");
            }
        }
    }

    private void encode(Request.Choices item) {
        if (itemsOfLeaf.merge(item.task(), 1, Integer::sum) > most) {
            limited = true;
            return;
        }
        bos |= encoder.puts(item.bos());
        ContinuationEncoding encoding = new ContinuationEncoding(encoder, item.bos());
        List<TokenSequence> sequences = new ArrayList<>();
        for (Request.Continuation continuation : item.continuations()) {
            ContinuationEncoding.Pair pair = encoding.encode(continuation);
            sequences.add(sequence(item, sequences.size(), pair));
        }
        made.add(new TokenRequest.Choices(item.task(), item.index(), sequences));
    }

    /** What is too long loses its beginning, so much that all but the last token fit the model. */
    private TokenSequence sequence(Request.Choices item, int choice, ContinuationEncoding.Pair pair) {
        int predicted = pair.continuation().length;
        if (predicted == 0) {
            throw new InputException(item.origin() + ": choice " + choice + " of item " + item.index() + " of task "
                    + item.task() + " adds no token to its context, where at least one was expected: give it a text");
        }
        if (predicted > positions) {
            throw new InputException(item.origin() + ": choice " + choice + " of item " + item.index() + " of task "
                    + item.task() + " has " + predicted + " tokens, more than the " + positions
                    + " positions of the model: shorten it, or take a model that reads more");
        }
        int[] ids = Encoder.joined(pair.context(), pair.continuation());
        tokens += ids.length;
        int kept = Math.min(ids.length, positions + 1);
        if (kept < ids.length) {
            if (truncated == 0) {
                firstTruncated = item.origin() + ": the context of choice " + choice + " of item " + item.index()
                        + " of task " + item.task() + " is cut on the left: with its choice it has " + ids.length
                        + " tokens, and the model takes " + positions;
            }
            truncated++;
        }
        return new TokenSequence(Arrays.copyOfRange(ids, ids.length - kept, ids.length), kept - predicted);
    }
}
