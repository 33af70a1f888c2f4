package org.rankgrid.engine.plugin;

/**
 * The parent of every plugin's class loader: shows the JDK and the packages plugins are written against, and nothing else
 * of the host, so that a plugin's own libraries never meet the host's.
 */
final class SharedClasses extends ClassLoader {

    private final ClassLoader host;

    SharedClasses(ClassLoader host) {
        super("rankgrid shared classes", getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith("org.rankgrid.spi.") || name.startsWith("org.rankgrid.numerics.")
                ? host.loadClass(name)
                : super.loadClass(name, resolve);
    }
}
