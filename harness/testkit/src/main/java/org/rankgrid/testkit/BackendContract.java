package org.rankgrid.testkit;

import org.junit.jupiter.api.Nested;
import org.rankgrid.spi.compute.Backend;

/**
 * What every backend must satisfy: each operation against naive loops in double, and the promises about bits. A backend's
 * test extends this class and says how to open the backend.
 */
public abstract class BackendContract {

    /** For subclasses. */
    protected BackendContract() {}

    /** Opens the backend under test; the contract closes it. */
    protected abstract Backend open(int threads);

    /**
     * The largest error allowed of an element that is a sum of products, relative to the sum of the magnitudes of these
     * products. The default suits f32 products summed in blocks.
     */
    protected double productTolerance() {
        return 1e-6;
    }

    /** The largest error allowed of an element-wise function, relative to the larger of its argument and one. */
    protected double elementTolerance() {
        return 1e-6;
    }

    /** The largest error allowed of a log-probability whose logits are exact, in nats. */
    protected double logProbabilityTolerance() {
        return 5e-7;
    }

    /** Whether the backend promises the same bits for any number of threads and any packing; if not, that is not tested. */
    protected boolean sameBits() {
        return true;
    }

    @Nested
    class Scopes extends ScopeContract {
        Scopes() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Linears extends LinearContract {
        Linears() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Gated extends GatedContract {
        Gated() {
            super(BackendContract.this);
        }
    }

    @Nested
    class ElementWise extends ElementWiseContract {
        ElementWise() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Norms extends NormContract {
        Norms() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Rotation extends RotationContract {
        Rotation() {
            super(BackendContract.this);
        }
    }

    @Nested
    class AttentionWithinSequences extends AttentionContract {
        AttentionWithinSequences() {
            super(BackendContract.this);
        }
    }

    @Nested
    class ContinuedSequences extends ContinuationContract {
        ContinuedSequences() {
            super(BackendContract.this);
        }
    }

    @Nested
    class LogProbabilities extends VocabularyContract {
        LogProbabilities() {
            super(BackendContract.this);
        }
    }

    @Nested
    class MomentsOfActivations extends MomentsContract {
        MomentsOfActivations() {
            super(BackendContract.this);
        }
    }

    @Nested
    class LeadingParts extends LeadingContract {
        LeadingParts() {
            super(BackendContract.this);
        }
    }

    @Nested
    class LinearsBackward extends LinearBackwardContract {
        LinearsBackward() {
            super(BackendContract.this);
        }
    }

    @Nested
    class ElementWiseBackward extends ElementWiseBackwardContract {
        ElementWiseBackward() {
            super(BackendContract.this);
        }
    }

    @Nested
    class NormsBackward extends NormBackwardContract {
        NormsBackward() {
            super(BackendContract.this);
        }
    }

    @Nested
    class AttentionBackward extends AttentionBackwardContract {
        AttentionBackward() {
            super(BackendContract.this);
        }
    }

    @Nested
    class LogProbabilitiesBackward extends VocabularyBackwardContract {
        LogProbabilitiesBackward() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Divergences extends DivergenceContract {
        Divergences() {
            super(BackendContract.this);
        }
    }

    @Nested
    class SumsOfProducts extends ProductSumsContract {
        SumsOfProducts() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Repetition extends RepetitionContract {
        Repetition() {
            super(BackendContract.this);
        }
    }
}
