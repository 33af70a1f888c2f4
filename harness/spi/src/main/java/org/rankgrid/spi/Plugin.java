package org.rankgrid.spi;

import java.util.List;
import org.rankgrid.spi.option.OptionSpec;

/**
 * What every plugin tells about itself. Plugins are found by {@link java.util.ServiceLoader}; their constructors do no work.
 */
public interface Plugin {

    /** The name used in grids and results: lower-case letters, digits and hyphens (tasks may have underscores,
     * as lm-evaluation-harness has them); unique among plugins of one kind. */
    String id();

    /** What the plugin does, in one sentence that stands alone in a listing. */
    String summary();

    /** The options the plugin understands; no other key is accepted for it. */
    default List<OptionSpec> options() {
        return List.of();
    }

    /** A version that changes whenever the plugin's results may change; it is part of the identity of cached results. */
    default String version() {
        return "1";
    }
}
