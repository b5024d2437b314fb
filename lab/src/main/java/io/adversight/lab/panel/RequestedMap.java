package io.adversight.lab.panel;

import io.adversight.attribution.Attribution;

/**
 * A heat map that is computed together with an update.
 *
 * @param explained the class that is explained
 */
public record RequestedMap(AlgorithmChoice choice, Attribution method, int explained) {}
