// OpenTelemetry listens to meters by name in the whole process, so receivers of tests side by side would count into each other's /metrics.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
