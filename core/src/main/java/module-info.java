/**
 * Glia's library: data, networks, training, metrics and models, on the JDK alone.
 *
 * <p>It computes with the Vector API where the JVM was started with {@code --add-modules
 * jdk.incubator.vector}, else with plain loops: with the same numbers, several times slower.
 */
@SuppressWarnings("module") // those that see internal packages are compiled after this one
module dev.glia.core {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires java.net.http;

  exports dev.glia.activation;
  exports dev.glia.compute;
  exports dev.glia.doctor;
  exports dev.glia.format;
  exports dev.glia.image;
  exports dev.glia.initializer;
  exports dev.glia.inspection;
  exports dev.glia.layer;
  exports dev.glia.loss;
  exports dev.glia.metric;
  exports dev.glia.model;
  exports dev.glia.network;
  exports dev.glia.optimizer;
  exports dev.glia.penalty;
  exports dev.glia.preprocessing;
  exports dev.glia.random;
  exports dev.glia.reading;
  exports dev.glia.schedule;
  exports dev.glia.source;
  exports dev.glia.split;
  exports dev.glia.stopping;
  exports dev.glia.table;
  exports dev.glia.task;
  exports dev.glia.training;
  exports dev.glia.internal.io to
      dev.glia.cli,
      dev.glia.csv,
      dev.glia.jdbc,
      dev.glia.parquet,
      dev.glia.plot,
      dev.glia.studio;
  exports dev.glia.internal.json to
      dev.glia.cli,
      dev.glia.studio;
  exports dev.glia.internal.kernel to
      dev.glia.cli;
  exports dev.glia.internal.text to
      dev.glia.cli,
      dev.glia.csv,
      dev.glia.jdbc,
      dev.glia.parquet,
      dev.glia.plot,
      dev.glia.studio;

  uses dev.glia.reading.TableFormat;

  provides dev.glia.reading.TableFormat with
      dev.glia.format.Arff,
      dev.glia.format.Npy,
      dev.glia.format.Npz;
}
