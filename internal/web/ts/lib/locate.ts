// Where one stands, asked only when somebody taps for it, and put into the two fields.
export function locate(): void {
  document.querySelectorAll<HTMLButtonElement>("[data-locate]").forEach((button) => {
    const box = button.closest("fieldset");
    const form = button.closest("form");
    const says = box && box.querySelector<HTMLElement>("[data-locate-says]");
    const lat = form && form.querySelector<HTMLInputElement>("input[name=lat]");
    const long = form && form.querySelector<HTMLInputElement>("input[name=long]");
    if (!navigator.geolocation || !window.isSecureContext || !says || !lat || !long) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      says.textContent = "正在定位";
      navigator.geolocation.getCurrentPosition(
        (p) => {
          button.disabled = false;
          lat.value = p.coords.latitude.toFixed(6);
          long.value = p.coords.longitude.toFixed(6);
          says.textContent = "已填，误差约 " + Math.max(1, Math.round(p.coords.accuracy)) + " 米";
        },
        (e) => {
          button.disabled = false;
          says.textContent = e.code === 1 ? "手机没有允许定位，可以直接填度数，或者用照片里的位置" : "没有定到位置，到空旷的地方再试";
        },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 },
      );
    });
  });
}
