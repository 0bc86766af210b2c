using System.Net;
using Atrium.Platform.Configuration;
using Atrium.Platform.Security;
using Atrium.Testing;

namespace Atrium.Platform.Tests.Security;

public sealed class RequestLimitsTests
{
    private readonly FakeClock clock = new();

    private RequestLimits Limits(string fallback = "600 per minute") => new(SettingsLoader.Load(new Dictionary<string, string> { ["RATE_LIMIT_DEFAULT"] = fallback }), clock);

    [Theory]
    [InlineData(LimitClass.Register, 5)]
    [InlineData(LimitClass.SignIn, 10)]
    [InlineData(LimitClass.Chat, 30)]
    [InlineData(LimitClass.Upload, 60)]
    [InlineData(LimitClass.Search, 60)]
    [InlineData(LimitClass.Chunks, 600)]
    [Keeps("Z-100", "H-070")]
    [Asvs("2.3.2")]
    public void Allows_exactly_the_limit_and_opens_again_when_the_window_ends(LimitClass limit, int requests)
    {
        var limits = Limits();

        for (var used = 1; used <= requests; used++)
            limits.Take(limit, "somebody").ShouldBe(new SlidingVerdict(true, requests, requests - used, TimeSpan.FromMinutes(1)));
        limits.Take(limit, "somebody").IsAllowed.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        limits.Take(limit, "somebody").IsAllowed.ShouldBeFalse();
        clock.Advance(TimeSpan.FromTicks(1));
        limits.Take(limit, "somebody").IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Counts_each_key_and_each_class_apart()
    {
        var limits = Limits("1 per hour");

        limits.Take(LimitClass.Default, "a").IsAllowed.ShouldBeTrue();
        limits.Take(LimitClass.Default, "b").IsAllowed.ShouldBeTrue();
        limits.Take(LimitClass.Search, "a").IsAllowed.ShouldBeTrue();
        limits.Take(LimitClass.Default, "a").IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void Forgets_keys_whose_window_is_over()
    {
        var limits = Limits();

        for (var round = 0; round < 10; round++)
        {
            for (var key = 0; key < 10_000; key++)
                limits.Take(LimitClass.Default, $"{round}-{key}");
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        limits.Count.ShouldBeLessThanOrEqualTo(15_000);
    }

    [Theory]
    [InlineData("30 per minute")]
    [InlineData("5000 per minute")]
    [Keeps("H-070")]
    public void In_no_window_whatever_its_start_are_more_than_the_limit(string rule)
    {
        var limits = Limits(rule);
        var limit = limits.LimitOf(LimitClass.Default).Requests;
        var allowed = new Queue<DateTimeOffset>();
        var random = new Random(7);
        var most = 0;

        for (var request = 0; request < limit * 20; request++)
        {
            clock.Advance(TimeSpan.FromSeconds(random.NextDouble() * 60 / limit));
            if (limits.Take(LimitClass.Default, "somebody").IsAllowed)
                allowed.Enqueue(clock.GetUtcNow());
            while (allowed.Count > 0 && clock.GetUtcNow() - allowed.Peek() >= TimeSpan.FromMinutes(1))
                allowed.Dequeue();
            most = Math.Max(most, allowed.Count);
        }

        most.ShouldBeLessThanOrEqualTo(limit);
        most.ShouldBeGreaterThan(limit * 99 / 100 - 1);
    }

    [Fact]
    public void A_million_keys_at_once_take_a_bounded_place_and_are_forgotten_afterwards()
    {
        var limits = Limits();

        for (var key = 0; key < 1_000_000; key++)
            limits.Take(LimitClass.SignIn, $"network {key}");
        limits.Count.ShouldBeLessThanOrEqualTo(100_000 + SlidingWindows.SharedKeys);
        clock.Advance(TimeSpan.FromMinutes(1));
        for (var key = 0; key < 5_000; key++)
            limits.Take(LimitClass.SignIn, "one network");

        limits.Count.ShouldBe(1);
    }

    [Fact]
    public void What_is_given_back_does_not_count()
    {
        var windows = new SlidingWindows(clock, mostKeys: 10);
        var rule = new RateLimit(2, TimeSpan.FromMinutes(1));

        for (var round = 0; round < 100; round++)
        {
            windows.Take(0, "a", rule).Remaining.ShouldBe(1);
            windows.GiveBack(0, "a");
        }
        windows.GiveBack(0, "a");
        windows.GiveBack(0, "nobody");
        windows.Take(0, "a", rule).IsAllowed.ShouldBeTrue();
        windows.Take(0, "a", rule).IsAllowed.ShouldBeTrue();
        windows.Take(0, "a", rule).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Never_lets_more_through_than_the_limit_when_many_ask_at_once()
    {
        var limits = Limits("100 per minute");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => limits.Take(LimitClass.Default, "one"))));

        verdicts.Count(verdict => verdict.IsAllowed).ShouldBe(100);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2:ffff::1", "20010db800010002")]
    public void Takes_an_ipv6_household_for_one(string address, string network) => RequestLimits.NetworkOf(IPAddress.Parse(address)).ShouldBe(network);
}
