using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Prices;

/// <summary>A price as people see and admins set it: US dollars per million tokens, per picture, per call.</summary>
internal static class PriceView
{
    public const string Route = "/api/prices";
    public const string AdminRoute = "/api/admin/prices";

    public record Rates
    {
        public Money? Input { get; init; }

        public Money? Output { get; init; }

        /// <summary>Input read from the provider's cache; without it the input's rate.</summary>
        public Money? Cached { get; init; }

        /// <summary>Input written to the provider's cache; without it the input's rate.</summary>
        public Money? CacheWrite { get; init; }

        /// <summary>Without it the output's rate.</summary>
        public Money? Reasoning { get; init; }

        /// <summary>Per picture that is made.</summary>
        public Money? Image { get; init; }

        /// <summary>Per call, besides its tokens.</summary>
        public Money? Request { get; init; }

        public LongContext? LongContext { get; init; }
    }

    /// <summary>Rates of a whole call that reads more than <see cref="Above"/> tokens.</summary>
    public sealed record LongContext
    {
        [Range(1, 100_000_000)]
        public required long Above { get; init; }

        public required Money Input { get; init; }

        public required Money Output { get; init; }

        public Money? Cached { get; init; }
    }

    public sealed record Item : Rates
    {
        /// <summary>Only of an admin's row.</summary>
        public Guid? Id { get; init; }

        public required string Provider { get; init; }

        public required string Model { get; init; }

        /// <summary>The first UTC day it counts; nothing: since ever.</summary>
        public DateOnly? From { get; init; }

        /// <summary>built-in, setting or admin.</summary>
        public required string Source { get; init; }

        /// <summary>The day the provider ends this model.</summary>
        public DateOnly? Retires { get; init; }

        /// <summary>The model to go to then.</summary>
        public string? Successor { get; init; }

        /// <summary>No page of the provider confirmed it.</summary>
        public required bool Unverified { get; init; }
    }

    public static Item Of(Price price) => new()
    {
        Id = price.Id,
        Provider = price.Provider,
        Model = price.Model,
        From = price.From,
        Input = MoneyOf(price.Input),
        Output = MoneyOf(price.Output),
        Cached = MoneyOf(price.Cached),
        CacheWrite = MoneyOf(price.CacheWrite),
        Reasoning = MoneyOf(price.Reasoning),
        Image = MoneyOf(price.Image),
        Request = MoneyOf(price.Request),
        LongContext = price.LongContext is { } longer
            ? new LongContext { Above = longer.Above, Input = new Money(longer.Input), Output = new Money(longer.Output), Cached = MoneyOf(longer.Cached) }
            : null,
        Source = price.Source switch { PriceSource.BuiltIn => "built-in", PriceSource.Setting => "setting", _ => "admin" },
        Retires = price.Retires,
        Successor = price.Successor,
        Unverified = price.Unverified,
    };

    private static Money? MoneyOf(decimal? dollars) => dollars is { } amount ? new Money(amount) : null;
}
