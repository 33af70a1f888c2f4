package org.rankgrid.engine.run;

/**
 * An amount of work of one kind, counted and not timed.
 *
 * @param kind what is done, which decides how fast
 * @param length tokens of the sequences it is done on; 0 where that makes no difference
 * @param amount in the kind's unit
 */
public record Work(Kind kind, int length, double amount) {

    /** Kinds of work, each of which has a speed of its own on a machine. */
    public enum Kind {
        /** Decoder blocks as they were trained, several sequences in a pass. */
        DENSE_BLOCKS(true),
        /** Decoder blocks whose linear layers are factored, several sequences in a pass. */
        FACTORED_BLOCKS(true),
        /** Decoder blocks with factored layers, one sequence in a pass: what a trial runs. */
        TRIED_BLOCKS(true),
        /** Decoder blocks as they were trained, watched by calibration. */
        CALIBRATED_BLOCKS(true),
        /** Log-probabilities over the vocabulary. */
        HEAD(true),
        /** The whole model forward and backward, several sequences in a pass, with the gradients of all components. */
        GRADIENTS(true),
        /** The same with masks, a new one each time, on one sequence. */
        MASK_STEPS(true),
        /** Decompositions of layers, several side by side. */
        DECOMPOSITION(true),
        /** Putting weights on the backend; counted in parameters. */
        LOADING(false),
        /** What takes as long as it takes, whatever the backend; counted in seconds. */
        TIME(false);

        private final boolean operations;

        Kind(boolean operations) {
            this.operations = operations;
        }
    }

    /** Floating-point operations; 0 of a kind that is counted in something else. */
    public double flops() {
        return kind.operations ? amount : 0;
    }
}
