package org.rankgrid.engine.grid;

import java.util.EnumSet;
import java.util.Set;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;

/** What has to be measured for an allocator. */
public final class AllocatorNeeds {

    private AllocatorNeeds() {}

    /** The needs of an allocator and, if it starts from another, of that one too. */
    public static Set<Need> of(PluginChoice<Allocator> choice) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        needs.addAll(choice.plugin().needs(choice.options()));
        if (needs.contains(Need.START)) {
            choice.start().ifPresent(start -> needs.addAll(of(start)));
        }
        return needs;
    }
}
