package org.rankgrid.testkit;

import java.util.List;
import org.rankgrid.spi.allocate.MaskObjective;

/** The loss of a {@link SyntheticModel} under masks, on 64 pieces of text that come again and again; evaluations are counted. */
public final class SyntheticMasks implements MaskObjective {

    private static final int PIECES = 64;

    private final SyntheticModel model;
    private int calls;

    /** The objective of a model. */
    SyntheticMasks(SyntheticModel model) {
        this.model = model;
    }

    /** How many evaluations were made. */
    public int calls() {
        return calls;
    }

    @Override
    public MaskGradient evaluate(List<float[]> masks, Batch batch) {
        if (batch.step() < 0 || batch.sequences() < 1 || batch.length() < 2) {
            throw new IllegalArgumentException("there is no text for " + batch);
        }
        calls++;
        double nll = 0;
        List<double[]> gradients =
                masks.stream().map(mask -> new double[mask.length]).toList();
        for (int s = 0; s < batch.sequences(); s++) {
            int text = (int) (((long) batch.step() * batch.sequences() + s) % PIECES);
            nll += model.loss(masks, text) / batch.sequences();
            List<double[]> ofText = model.gradients(masks, text);
            for (int i = 0; i < gradients.size(); i++) {
                for (int j = 0; j < gradients.get(i).length; j++) {
                    gradients.get(i)[j] += ofText.get(i)[j] / batch.sequences();
                }
            }
        }
        return new MaskGradient(nll, gradients);
    }
}
