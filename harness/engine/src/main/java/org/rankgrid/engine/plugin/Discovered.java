package org.rankgrid.engine.plugin;

import org.rankgrid.spi.Plugin;

/**
 * A plugin that passed all checks.
 *
 * @param id its id
 * @param plugin itself
 * @param origin where it came from
 * @param <P> its kind
 */
public record Discovered<P extends Plugin>(String id, P plugin, Origin origin) {}
