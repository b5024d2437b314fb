package io.adversight.attack;

/** An algorithm that changes images so that a prediction changes. */
public sealed interface Attack permits BoundedAttack, MinimalAttack, TransformAttack {}
