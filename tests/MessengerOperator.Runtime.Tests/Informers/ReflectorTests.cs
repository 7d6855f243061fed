using System.Net;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using static MessengerOperator.Runtime.Tests.Informers.ScriptedApi;

namespace MessengerOperator.Runtime.Tests.Informers;

public sealed class ReflectorTests : IAsyncDisposable
{
    private readonly ScriptedApi _api = new();
    private readonly TestMeters _meters = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _changes = [];
    private Kubernetes? _kubernetes;
    private Informer<V1ConfigMap>? _informer;
    private Task _running = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _kubernetes?.Dispose();
        _stop.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task A_quiet_end_goes_on_from_the_last_version_that_was_seen()
    {
        _api.List("10", null, Map("a", "5")).Watch(Event("ADDED", Map("b", "11")), Bookmark("20"));
        await RunUntilAsync(() => _api.Requests.Count >= 3);

        Assert.Contains("resourceVersion=10", _api.Requests[1], StringComparison.Ordinal);
        Assert.Contains("resourceVersion=20", _api.Requests[2], StringComparison.Ordinal);
        Assert.Equal(["Added a", "Added b"], Changes);
    }

    [Fact]
    public async Task A_410_within_the_stream_lists_again_and_tells_of_what_is_gone()
    {
        _api.List("10", null, Map("a", "5"), Map("b", "6")).Watch(Error(410)).List("50", null, Map("b", "6"), Map("c", "40"));
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Contains("resourceVersion=50", _api.Requests[3], StringComparison.Ordinal);
        Assert.Equal(["Added a", "Added b", "Added c", "Deleted a"], Changes);
    }

    [Fact]
    public async Task A_410_as_an_answer_lists_again()
    {
        _api.List("10", null, Map("a", "5")).Answer(HttpStatusCode.Gone, """{"kind":"Status","code":410}""").List("50", null);
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Equal(["Added a", "Deleted a"], Changes);
    }

    [Fact]
    public async Task A_continue_token_that_expired_starts_the_list_over_and_deletes_nothing_meanwhile()
    {
        _api.List("10", null, Map("a", "5"), Map("b", "6")).Watch(Error(410))
            .List("50", "token", Map("a", "5")).Answer(HttpStatusCode.Gone, """{"kind":"Status","code":410}""")
            .List("60", null, Map("a", "5"), Map("b", "6"));
        await RunUntilAsync(() => _api.Requests.Count >= 6);

        Assert.Contains("continue=token", _api.Requests[3], StringComparison.Ordinal);
        Assert.DoesNotContain("continue", _api.Requests[4], StringComparison.Ordinal);
        Assert.Equal(["Added a", "Added b"], Changes);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_dropped_and_fetched_again()
    {
        _api.List("10", null).Answer(HttpStatusCode.OK, Event("ADDED", Map("a", "11")) + "\n" + Event("ADDED", Map("b", "12"))[..30]).Watch(Event("ADDED", Map("b", "12")));
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Contains("resourceVersion=11", _api.Requests[2], StringComparison.Ordinal);
        Assert.Equal(["Added a", "Added b"], Changes);
    }

    [Fact]
    public async Task An_error_of_the_server_within_the_stream_starts_from_a_fresh_list()
    {
        _api.List("10", null).Watch(Error(500)).List("20", null);
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Contains("limit=", _api.Requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        _api.Throw(new HttpRequestException("refused")).Answer(HttpStatusCode.InternalServerError, "{}").List("10", null, Map("a", "5")).Throw(new HttpRequestException("refused"));
        await RunUntilAsync(() => _api.Requests.Count >= 5);

        Assert.Contains("resourceVersion=10", _api.Requests[4], StringComparison.Ordinal);
        Assert.True(_informer!.HasSynced);
    }

    [Fact]
    public async Task One_object_that_cannot_be_read_does_not_hide_the_others_and_keeps_its_last_good_state()
    {
        _api.List("10", null, Map("a", "5"), Map("b", "6")).Watch(Error(410))
            .List("50", null, """{"metadata":{"namespace":"ns","name":"a","resourceVersion":"7"},"data":"not a map"}""", Map("b", "8"));
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Equal(["Added a", "Added b", "Updated b"], Changes);
        Assert.True(_informer!.TryGet(new NamespacedName("ns", "a"), out var kept));
        Assert.Equal("5", kept.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task An_object_that_was_replaced_while_nobody_looked_is_told_as_two()
    {
        _api.List("10", null, Map("a", "5", "old")).Watch(Error(410)).List("50", null, Map("a", "40", "new"));
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Equal(["Added a", "Deleted a", "Added a"], Changes);
    }

    [Fact]
    public async Task A_version_that_is_known_already_is_no_news()
    {
        _api.List("10", null, Map("a", "5")).Watch(Error(410)).List("50", null, Map("a", "5"));
        await RunUntilAsync(() => _api.Requests.Count >= 4);

        Assert.Equal(["Added a"], Changes);
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_starve_the_others()
    {
        _api.List("10", null, Map("a", "5")).Watch(Event("ADDED", Map("b", "11")));
        await RunUntilAsync(() => _api.Requests.Count >= 3, informer => informer.Subscribe(_ => throw new InvalidOperationException("bad handler")));

        Assert.Equal(["Added a", "Added b"], Changes);
    }

    private IReadOnlyList<string> Changes
    {
        get
        {
            lock (_changes)
            {
                return [.. _changes];
            }
        }
    }

    private async Task RunUntilAsync(Func<bool> condition, Action<Informer<V1ConfigMap>>? prepare = null)
    {
        _kubernetes = new Kubernetes(new KubernetesClientConfiguration { Host = "http://api.test" }, _api);
        _informer = new Informer<V1ConfigMap>(
            new ResourceClient(_kubernetes, TimeProvider.System), ResourceType.Of<V1ConfigMap>(), new InformerOptions<V1ConfigMap>(), new OperatorOptions { Namespaces = ["ns"] },
            new InformerMetrics(_meters), TimeProvider.System, () => 0, NullLogger.Instance);
        prepare?.Invoke(_informer);
        _informer.Subscribe(change =>
        {
            lock (_changes)
            {
                _changes.Add($"{change.Type} {change.Entity.Metadata.Name}");
            }
        });
        _running = _informer.RunAsync(_stop.Token);
        await Eventually.Holds(condition, otherwise: () => string.Join('\n', _api.Requests));
    }
}
