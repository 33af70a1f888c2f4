package org.rankgrid.tasks.perplexity;

import java.util.List;
import java.util.OptionalDouble;
import org.rankgrid.spi.task.Answer;

/**
 * Sums over the windows of a perplexity task.
 *
 * @param count windows with at least one predicted token
 * @param predicted predicted tokens of all windows
 * @param nll mean negative log-likelihood of a predicted token, nats: windows weighted by their tokens
 * @param nllError standard error of the mean of the window means; empty for fewer than two windows
 */
record WindowStatistics(int count, long predicted, double nll, OptionalDouble nllError) {

    /**
     * The statistics of some windows; one without predicted tokens (an empty document) counts for nothing.
     *
     * @throws IllegalArgumentException if a window's nll is not finite
     */
    static WindowStatistics of(List<Answer.Window> answers) {
        List<Answer.Window> windows =
                answers.stream().filter(window -> window.tokens() > 0).toList();
        long predicted = 0;
        double weighted = 0;
        double sum = 0;
        for (Answer.Window window : windows) {
            if (!Double.isFinite(window.nll())) {
                throw new IllegalArgumentException("window " + window.index() + " has an nll of " + window.nll());
            }
            predicted += window.tokens();
            weighted += window.nll() * window.tokens();
            sum += window.nll();
        }
        return new WindowStatistics(
                windows.size(), predicted, weighted / predicted, standardError(windows, sum / windows.size()));
    }

    /** exp of the nll. */
    double perplexity() {
        return Math.exp(nll);
    }

    /** Standard error of the perplexity to first order: the perplexity times the standard error of the nll. */
    OptionalDouble perplexityError() {
        return nllError.stream()
                .map(error -> perplexity() * error)
                .filter(Double::isFinite)
                .findFirst();
    }

    private static OptionalDouble standardError(List<Answer.Window> windows, double mean) {
        int n = windows.size();
        if (n < 2) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (Answer.Window window : windows) {
            double deviation = window.nll() - mean;
            squares += deviation * deviation;
        }
        return OptionalDouble.of(Math.sqrt(squares / (n - 1) / n));
    }
}
