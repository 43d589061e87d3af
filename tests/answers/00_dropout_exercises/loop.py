# %% [markdown]
# Answers to the item `loop`.

# %% [raw] right="gradients applied by hand, with a warning"
# -     optimizer = keras.optimizers.SGD(learning_rate)
# +     import warnings
# +
# +     warnings.warn("plain gradient descent", stacklevel=2)
# -         optimizer.apply(gradients, net.trainable_variables)
# +         for variable, gradient in zip(net.trainable_variables, gradients):
# +             variable.assign_sub(learning_rate * gradient)

# %% right="Keras's own training step, in a progress bar"
from tqdm import tqdm


def train(net, x, labels, steps, learning_rate):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.SGD(learning_rate), loss, run_eagerly=True)
    losses = []
    for _ in tqdm(range(steps)):
        net.train_on_batch(x, labels)
        losses.append(float(loss(labels, net(x))))
    return losses


# %% right="fit and evaluate"
def train(net, x, labels, steps, learning_rate):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.SGD(learning_rate), loss, run_eagerly=True)
    losses = []
    for _ in range(steps):
        net.fit(x, labels, batch_size=len(x), epochs=1, verbose=0)
        losses.append(net.evaluate(x, labels, batch_size=len(x), verbose=0))
    return losses


# %% right="tf.function, apply_gradients, losses in an array, and output"
def train(net, x, labels, steps, learning_rate):
    optimizer = keras.optimizers.SGD(learning_rate)
    one_hot = np.eye(net.output_shape[-1])[labels]

    def loss_of(**training):
        logits = net(x, **training)
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(one_hot, logits))

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_of(training=True)
        gradients = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(gradients, net.trainable_variables))

    losses = np.zeros(steps)
    for k in range(steps):
        step()
        losses[k] = loss_of()
        print(losses[k])
    return losses


# %% [raw] wrong="as it was" loses={"loop-training": "inactive"}
# - loss_of(labels, net(x, training=True))
# + loss_of(labels, net(x))

# %% [raw] wrong="dropout off in both" loses={"loop-training": "inactive"}
# - training=True
# + training=False

# %% [raw] wrong="dropout on in both" loses={"loop-losses": "dropout_on"}
# - training=False
# + training=True

# %% [raw] wrong="on and off exchanged" loses={"loop-training": "inactive", "loop-losses": "dropout_on"}
# - training=True
# + training=False
# - training=False
# + training=True

# %% [raw] wrong="the loss of the pass that trained" loses={"loop-losses": "of_the_step"}
# -         losses.append(float(loss_of(labels, net(x, training=False))))
# +         losses.append(float(loss))

# %% [raw] wrong="the loss before the step" loses={"loop-losses": "too_early"}
# -         with tf
# +         losses.append(float(loss_of(labels, net(x, training=False))))
# +         with tf
# -         losses.append(float(loss_of(labels, net(x, training=False))))

# %% [raw] wrong="a sum over the examples" loses={"loop-losses": "summed"}
# - loss_of(labels, net(x, training=False))
# + len(x) * loss_of(labels, net(x, training=False))

# %% [raw] wrong="the same masks in each step" loses={"loop-training": "same_masks"}
# -         with tf
# +         for layer in net.layers:
# +             if isinstance(layer, keras.layers.Dropout):
# +                 layer.seed_generator.state.assign([0, 1])
# +         with tf

# %% [raw] wrong="gradients are not applied" loses={"loop-training": "untrained"}
# -         optimizer.apply(gradients, net.trainable_variables)

# %% [raw] wrong="a copy is trained" loses={"loop-training": "untrained", "loop-losses": "dropout_on"}
# -     optimizer =
# +     copy = keras.models.clone_model(net)
# +     copy.set_weights(net.get_weights())
# +     net = copy
# +     optimizer =

# %% [raw] wrong="one step more" loses={"loop-training": "other_training", "loop-losses": "no_list"}
# - range(steps)
# + range(steps + 1)

# %% [raw] wrong="Adam" loses={"loop-training": "other_training"}
# - SGD(learning_rate)
# + Adam(0.05)

# %% [raw] wrong="softmax taken for granted in the loss" loses={"loop-training": "other_training", "loop-losses": "dropout_on"}
# - from_logits=True
# + from_logits=False

# %% [raw] wrong="the mean loss" loses={"loop-losses": "no_list"}
# - return losses
# + return float(np.mean(losses))

# %% [raw] wrong="the last loss alone" loses={"loop-losses": "no_list"}
# - return losses
# + return losses[-1]

# %% [raw] wrong="losses as text" loses={"loop-losses": "no_number"}
# - return losses
# + return [f"{loss:.4f}" for loss in losses]

# %% wrong="not written" loses={"loop-training": "unwritten", "loop-losses": "unwritten"}
def train(net, x, labels, steps, learning_rate):
    """Train with dropout; the loss after each step, dropout off."""
    raise NotImplementedError()
