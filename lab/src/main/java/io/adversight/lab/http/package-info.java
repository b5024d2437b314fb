/** What every answer of the lab's server has in common: routes, errors, safety, files. */
@NullMarked
package io.adversight.lab.http;

import org.jspecify.annotations.NullMarked;
